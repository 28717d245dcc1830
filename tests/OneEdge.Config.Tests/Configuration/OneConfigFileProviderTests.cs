using Microsoft.Extensions.Configuration;
using OneEdge.Testing;

namespace OneEdge.Config.Tests.Configuration;

public sealed class OneConfigFileProviderTests
{
    private static readonly ConfigLimits Small = new() { MaxBytes = 4 };

    [Fact]
    public void A_file_that_does_not_parse_fails_with_the_findings()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("a.txt", "too long");
        var source = new OneConfigFileSource { Format = ConfigFormat.Text, Limits = Small, Path = directory["a.txt"] };
        source.ResolveFileProvider();
        var e = Assert.Throws<InvalidDataException>(() => new ConfigurationBuilder().Add(source).Build());
        Assert.Contains("a.txt: error OEC1001: The file has", e.Message, StringComparison.Ordinal);
        Assert.IsType<ConfigSyntaxException>(e.InnerException);
    }

    [Fact]
    public void A_changed_file_that_does_not_parse_keeps_the_values_and_tells()
    {
        ConfigSyntaxException? told = null;
        var source = new OneConfigFileSource { Format = ConfigFormat.Text, Limits = Small, OnLoadException = c => told = c.Exception as ConfigSyntaxException };
        using var provider = new OneConfigFileProvider(source);
        provider.Load(new MemoryStream("ok"u8.ToArray()));
        provider.Set("KEY", "kept");
        provider.Load(new MemoryStream("too long"u8.ToArray()));
        Assert.NotNull(told);
        Assert.True(provider.TryGet("KEY", out string? value));
        Assert.Equal("kept", value);
    }

    [Fact]
    public async Task A_changed_file_is_read_again()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Write("a.txt", "old");
        IConfigurationRoot configuration = new ConfigurationBuilder().AddOneConfigFile(file, ConfigFormat.Text, reloadOnChange: true).Build();
        var reloaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable registration = Microsoft.Extensions.Primitives.ChangeToken.OnChange(configuration.GetReloadToken, () => reloaded.TrySetResult());
        directory.Write("a.txt", "new");
        await reloaded.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        ((IDisposable)configuration).Dispose();
    }

    [Fact]
    public void A_missing_file_is_an_error_unless_it_is_optional()
    {
        Assert.Throws<FileNotFoundException>(() => new ConfigurationBuilder().AddOneConfigFile("/no/such", ConfigFormat.Text).Build());
        Assert.Empty(new ConfigurationBuilder().AddOneConfigFile("/no/such", ConfigFormat.Text, optional: true).Build().AsEnumerable());
    }

    [Fact]
    public void Oned_conf_is_read_like_any_other_source()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Write("oned.conf", """
            PORT = 2633
            DB = [ BACKEND = "sqlite" ]
            VM_MAD = [ NAME = "kvm", THREADS = 0, ARGUMENTS = "-t 15 -r 0 kvm" ]
            VM_RESTRICTED_ATTR = "CONTEXT/FILES"
            VM_RESTRICTED_ATTR = "NIC/MAC"
            """);
        IConfigurationRoot configuration = new ConfigurationBuilder().AddOnedConf(file).Build();
        Assert.Equal("2633", configuration["PORT"]);
        Assert.Equal("sqlite", configuration["DB:BACKEND"]);
        Assert.Equal("0", configuration["VM_MAD:kvm:THREADS"]);
        Assert.Equal(["CONTEXT/FILES", "NIC/MAC"], configuration.GetSection("VM_RESTRICTED_ATTR").GetChildren().Select(c => c.Value));
        IConfigurationBuilder bad = new ConfigurationBuilder().AddOnedConf(directory.Write("bad.conf", "PORT = ["));
        Assert.Contains("bad.conf(", Assert.Throws<InvalidDataException>(() => bad.Build()).Message, StringComparison.Ordinal);
    }
}
