using OneEdge.Commands;
using OneEdge.Files;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Docs.Tests.Snippets;

/// <summary>The code of src/OneEdge.Core/README.md.</summary>
public sealed class CoreSnippets
{
    [Fact]
    public void Edit_of_a_source_text_runs()
    {
        // <snippet source-text>
        var text = SourceText.From("PORT = 2633\n", "oned.conf");
        SourceText edited = text.WithEdits([new TextEdit(new TextSpan(7, 4), "2634")]);
        // </snippet>
        Assert.Equal("PORT = 2634\n", edited.ToString());
    }

    [Fact]
    public async Task Transaction_over_files_runs()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Write("etc/one/oned.conf", "PORT = 2633\n");
        string root = directory.Path, state = Directory.CreateDirectory(directory["state"]).FullName, backup = directory["backup"];
        byte[] content = "PORT = 2634\n"u8.ToArray();
        CancellationToken ct = TestContext.Current.CancellationToken;

        // <snippet transaction>
        using CrossProcessLock held = await CrossProcessLock.AcquireAsync(Path.Combine(state, "lock"), TimeSpan.FromSeconds(30), cancellationToken: ct);
        await FileTransaction.RecoverAsync(state, cancellationToken: ct);
        byte[] old = await new SandboxRoot(root).ReadFileAsync("etc/one/oned.conf", maxBytes: 1 << 20, ct);
        await FileTransaction.CommitAsync(
            [FileChange.Replace(Path.Combine(root, "etc/one/oned.conf"), ContentHash.Of(old), content)],
            new() { JournalDirectory = state, BackupDirectory = backup, Root = root },
            ct);
        // </snippet>
        Assert.Equal(content, await File.ReadAllBytesAsync(file, ct));
        Assert.Equal(old, await File.ReadAllBytesAsync(Path.Combine(backup, "etc/one/oned.conf"), ct));
    }

    [Fact]
    public async Task Command_runs()
    {
        const string token = "s3cret-token";
        CancellationToken ct = TestContext.Current.CancellationToken;

        // <snippet command>
        var runner = new CliWrapCommandRunner();
        CommandResult said = await runner.RunAsync(new("echo", "log in with", token) { Secrets = [token] }, ct);
        await foreach (CommandEvent item in runner.ListenAsync(new("echo", "line by line"), ct)) Console.WriteLine(item);
        // </snippet>
        Assert.DoesNotContain(token, said.StandardOutput, StringComparison.Ordinal);
    }
}
