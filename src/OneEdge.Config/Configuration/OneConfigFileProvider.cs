using Microsoft.Extensions.Configuration;
using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>Reads a file of OpenNebula into configuration keys.</summary>
/// <remarks>A changed file that does not parse, for example one that is being edited, keeps the values that were read last.</remarks>
internal sealed class OneConfigFileProvider(OneConfigFileSource source) : FileConfigurationProvider(source)
{
    private bool _loaded;

    public override void Load()
    {
        try
        {
            base.Load();
        }
        catch (InvalidDataException e) when (e.InnerException is ConfigSyntaxException syntax)
        {
            // The place of the error belongs into the message that people see.
            throw new InvalidDataException($"{e.Message}\n{syntax.Message}", syntax);
        }
    }

    public override void Load(Stream stream)
    {
        SourceText text = Read(stream);
        if (source.Format.TryParse(text, out ConfigDocument? document, out IReadOnlyList<Diagnostic> diagnostics, source.Limits))
        {
            Data = ConfigurationKeys.Map(document);
            _loaded = true;
            return;
        }

        var error = new ConfigSyntaxException(diagnostics);
        if (!_loaded) throw error;
        source.OnLoadException?.Invoke(new FileLoadExceptionContext { Provider = this, Exception = error });
    }

    // One byte more than the limit is enough for the parser to refuse the file.
    private SourceText Read(Stream stream)
    {
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[81920];
        for (int count; bytes.Length <= source.Limits.MaxBytes && (count = stream.Read(buffer)) > 0;) bytes.Write(buffer, 0, count);
        return SourceText.FromBytes(bytes.ToArray(), source.Path);
    }
}
