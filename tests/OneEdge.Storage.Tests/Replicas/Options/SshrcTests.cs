using CsCheck;
using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

public sealed class SshrcTests
{
    [Fact]
    public void Defaults_are_those_of_the_original()
    {
        ReplicaOptions options = ReplicaOptions.ParseSshrc("");
        Assert.Equal(TimeSpan.FromSeconds(600), options.CopyLockTimeout);
        Assert.Equal("/var/lib/one/datastores/replica_snaps", options.RecoverySnapshotsDirectory);
        Assert.Equal(["-c", "aes128-gcm@openssh.com", "-m", "umac-64@openssh.com"], options.SshArguments);
        Assert.Empty(options.FrontEndSshArguments);
        Assert.Null(options.MaxSizeMb);
        Assert.Equal(90, options.MaxUsedPercent);
    }

    [Fact]
    public void Assignments_quotes_and_comments_are_read()
    {
        ReplicaOptions options = ReplicaOptions.ParseSshrc("""
            # Timeout to expire lock operations
            REPLICA_COPY_LOCK_TIMEOUT=30 # seconds
            export REPLICA_RECOVERY_SNAPS_DIR='/srv/my snaps/'
              REPLICA_SSH_OPTS="-c none  -oUser=\"x\""; REPLICA_SSH_FE_OPTS="-o \
            Compression=no"
            REPLICA_MAX_SIZE_MB=10'00'
            REPLICA_MAX_USED_PERC="50"
            REPLICA_MAX_USED_PERC="60"
            OTHER=it\'s
            """);
        Assert.Equal(TimeSpan.FromSeconds(30), options.CopyLockTimeout);
        Assert.Equal("/srv/my snaps", options.RecoverySnapshotsDirectory);
        Assert.Equal(["-c", "none", "-oUser=\"x\""], options.SshArguments);
        Assert.Equal(["-o", "Compression=no"], options.FrontEndSshArguments);
        Assert.Equal(1000, options.MaxSizeMb);
        Assert.Equal(60, options.MaxUsedPercent);
    }

    [Fact]
    public void Empty_value_is_the_default_but_for_options_of_ssh()
    {
        ReplicaOptions options = ReplicaOptions.ParseSshrc("REPLICA_COPY_LOCK_TIMEOUT=\nREPLICA_SSH_OPTS=\"\"\nREPLICA_MAX_SIZE_MB=''\nREPLICA_MAX_USED_PERC=");
        Assert.Equal(TimeSpan.FromSeconds(600), options.CopyLockTimeout);
        Assert.Empty(options.SshArguments);
        Assert.Null(options.MaxSizeMb);
        Assert.Equal(90, options.MaxUsedPercent);
    }

    [Theory]
    [InlineData("A=1\n  rm -rf /", 2, 3)]
    [InlineData("A=$(id)", 1, 3)]
    [InlineData("A=\"x`id`\"", 1, 5)]
    [InlineData("A=\"${B}\"", 1, 4)]
    [InlineData("A=1 id", 1, 5)]
    [InlineData("A=1&id", 1, 4)]
    [InlineData("A=1|id", 1, 4)]
    [InlineData("A=1>f", 1, 4)]
    [InlineData("A=(1 2)", 1, 3)]
    [InlineData("A=$'x'", 1, 3)]
    [InlineData("A=~/x", 1, 3)]
    [InlineData("if true; then A=1; fi", 1, 1)]
    [InlineData(". /etc/other", 1, 1)]
    [InlineData("A='x", 1, 3)]
    [InlineData("é=1", 1, 1)]
    [InlineData("A=1\nB=\"ü\" C=\"x", 2, 9)]
    [InlineData("1A=1", 1, 1)]
    [InlineData("A+=1", 1, 1)]
    [InlineData("REPLICA_MAX_USED_PERC=101", 1, 1)]
    [InlineData("REPLICA_MAX_SIZE_MB=-1", 1, 1)]
    [InlineData("REPLICA_COPY_LOCK_TIMEOUT=ten", 1, 1)]
    [InlineData("A=1\nREPLICA_RECOVERY_SNAPS_DIR=/a/../b", 2, 1)]
    public void What_would_be_executed_or_is_out_of_range_is_refused_with_its_place(string text, int line, int column)
    {
        StorageException failure = Assert.Throws<StorageException>(() => ReplicaOptions.ParseSshrc(text, "/etc/sshrc"));
        Assert.Equal(StorageErrorCodes.ReplicaConfiguration, failure.Code);
        Assert.StartsWith($"/etc/sshrc({line},{column}): error OES0503: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.String[Gen.Char["ABC_=\"'\\$`#;\n \t12~/:&|\r"], 0, 40].Sample(text =>
    {
        try
        {
            ReplicaOptions.ParseSshrc(text);
        }
        catch (StorageException e)
        {
            Assert.Equal(StorageErrorCodes.ReplicaConfiguration, e.Code);
        }
    });

    [Fact]
    public void What_is_read_is_what_bash_reads()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs bash.");
        Gen.String[Gen.Char["ab\"'\\ \n#:.=x*?!{},"], 0, 16].Array[1, 4].Sample(
            values =>
            {
                string text = string.Concat(values.Select((value, i) => $"V{i}={value}\n"));
                IReadOnlyList<SshrcAssignment> read;
                try
                {
                    read = new SshrcReader(text, "f").Read();
                }
                catch (StorageException)
                {
                    return;
                }

                string script = $"{text}\nfor n in {string.Join(' ', read.Select(a => a.Name).Distinct())}; do printf '%s\\0' \"${{!n}}\"; done";
                string output = ReplicaWorld.Run("bash", "-c", script);
                string expected = string.Concat(read.GroupBy(a => a.Name).Select(g => g.Last().Value + "\0"));
                Assert.Equal(expected, output);
            },
            iter: 60, threads: 1);
    }
}
