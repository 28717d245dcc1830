
namespace OneEdge.Config;

/// <summary>Compares a document with the stock file: keys that the release does not know, values of another kind.</summary>
internal static class StockRules
{
    public static IEnumerable<Diagnostic> Check(ConfigDocument document, ConfigDocument stock) =>
        new Run(document, stock).Compare(document.ToValue(), stock.ToValue(), ConfigPath.Root);

    private sealed class Run(ConfigDocument document, ConfigDocument stock)
    {
        // A key that the stock file only shows in a comment is known all the same.
        private readonly string _stockText = stock.ToString();

        public IEnumerable<Diagnostic> Compare(ConfigValue mine, ConfigValue theirs, ConfigPath path)
        {
            if (TypeChange(mine, theirs) is { } change)
            {
                yield return Finding(
                    path, ConfigErrorCodes.TypeChange, DiagnosticSeverity.Warning, $"{path} {change}",
                    "the stock file shows the kind that the program expects");
                yield break;
            }

            if (mine.Kind != ConfigValueKind.Map || theirs.Kind != ConfigValueKind.Map) yield break;
            foreach (KeyValuePair<ConfigValue, ConfigValue> member in mine.Members)
            {
                ConfigPath at = path.Append(member.Key);
                IEnumerable<Diagnostic> findings = theirs.Find(member.Key) is { } known ? Compare(member.Value, known, at)
                    : IsFreeMap(theirs, path) ? CompareWithAny(member.Value, theirs, at)
                    : Unknown(member.Key, theirs, at);
                foreach (Diagnostic finding in findings) yield return finding;
            }
        }

        // Sections by NAME: a new one may have the keys that any stock section of its kind has.
        private IEnumerable<Diagnostic> CompareWithAny(ConfigValue mine, ConfigValue theirs, ConfigPath path)
        {
            if (mine.Kind != ConfigValueKind.Map) return [];
            ConfigValue all = ConfigValue.Map(theirs.Members.Where(m => m.Value.Kind == ConfigValueKind.Map).SelectMany(m => m.Value.Members));
            return mine.Members.Where(m => all.Find(m.Key) is null).SelectMany(m => Unknown(m.Key, all, path.Append(m.Key)));
        }

        private IEnumerable<Diagnostic> Unknown(ConfigValue key, ConfigValue known, ConfigPath path)
        {
            if (Mentions(_stockText, key.Kind == ConfigValueKind.Symbol ? key.AsString() : key.ToString())) yield break;
            IReadOnlyList<string> near = NearNames.Find(key.ToString(), known.Members.Select(m => m.Key.ToString()));
            DiagnosticSeverity severity = near.Count > 0 || document.Format == ConfigFormat.Oned ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info;
            yield return Finding(path, ConfigErrorCodes.UnknownKey, severity, $"{path} is not in the stock file", NearNames.Hint(near));
        }

        private string? TypeChange(ConfigValue mine, ConfigValue theirs)
        {
            if (mine.IsNull || theirs.IsNull) return null;
            if (IsScalar(mine) != IsScalar(theirs)) return $"is {Kind(mine)}, {Kind(theirs)} in the stock file";
            if (!IsScalar(mine))
                return mine.Kind == theirs.Kind || document.Format == ConfigFormat.Oned ? null : $"is {Kind(mine)}, {Kind(theirs)} in the stock file";
            if (!document.Format.HasSymbols)
                return document.Format == ConfigFormat.Oned && IsNumber(theirs) && !IsNumber(mine) ? $"is {mine}, a number in the stock file" : null;
            bool bothNumbers = IsNumeric(mine) && IsNumeric(theirs);
            return mine.Kind == theirs.Kind || bothNumbers ? null : $"is {Kind(mine)}, {Kind(theirs)} in the stock file";
        }

        private Diagnostic Finding(ConfigPath path, string code, DiagnosticSeverity severity, string message, string? hint) =>
            ConfigValidator.Finding(document, path, code, severity, message, hint);

        private bool IsFreeMap(ConfigValue theirs, ConfigPath path) =>
            document.Format == ConfigFormat.Oned && path.Count == 1 && theirs.Members.Count > 0 && theirs.Members.All(m => m.Value.Kind == ConfigValueKind.Map);

        private static bool IsScalar(ConfigValue value) => value.Kind is not (ConfigValueKind.Map or ConfigValueKind.Array);

        private static bool IsNumeric(ConfigValue value) => value.Kind is ConfigValueKind.Integer or ConfigValueKind.Float;

        private static bool IsNumber(ConfigValue value) => double.TryParse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture, out _);

        private static string Kind(ConfigValue value) => value.Kind switch
        {
            ConfigValueKind.Map => "a section",
            ConfigValueKind.Array => "a list",
            ConfigValueKind.String => "a text",
            ConfigValueKind.Integer => "a whole number",
            ConfigValueKind.Float => "a number",
            ConfigValueKind.Boolean => "true or false",
            ConfigValueKind.Symbol => "a symbol",
            _ => "nothing",
        };

        private static bool Mentions(string text, string word)
        {
            for (int at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
            {
                int end = at + word.Length;
                bool starts = at == 0 || !IsWordCharacter(text[at - 1]);
                if (starts && (end == text.Length || !IsWordCharacter(text[end]))) return true;
                if (word.Length == 0) return false;
            }

            return false;
        }

        private static bool IsWordCharacter(char c) => char.IsLetterOrDigit(c) || c == '_';
    }
}
