using System.Runtime.CompilerServices;

namespace OneEdge.Flow.Tests.Simulation;

/// <summary>Things that have to hold; the text that says what does not is made only then.</summary>
internal static class Requirement
{
    public static void Require(bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] ref Text message)
    {
        if (!holds) throw new SimulationFailedException(message.Take());
    }

    public static void Require(bool holds, string message)
    {
        if (!holds) throw new SimulationFailedException(message);
    }

    /// <summary>The text, empty where all is well.</summary>
    [InterpolatedStringHandler]
    public ref struct Text
    {
        private DefaultInterpolatedStringHandler _inner;

        public Text(int literalLength, int formattedCount, bool holds, out bool isNeeded)
        {
            isNeeded = !holds;
            _inner = isNeeded ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
        }

        public void AppendLiteral(string value) => _inner.AppendLiteral(value);

        public void AppendFormatted<T>(T value) => _inner.AppendFormatted(value);

        public string Take() => _inner.ToStringAndClear();
    }
}
