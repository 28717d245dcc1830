using System.Diagnostics;
using System.Globalization;

namespace OneEdge.Storage.Tests.Replicas;

/// <summary>
/// A transfer that is killed at any point leaves nothing wrong under a final name, and the next run finishes it. To kill 1,000 times:
/// <c>ONEEDGE_KILLS=1000 dotnet test tests/OneEdge.Storage.Tests --filter KilledTransferTests</c>.
/// </summary>
public sealed class KilledTransferTests
{
    // Killing is mostly waiting: places beside each other take less time.
    private const int Places = 4;

    [Fact]
    public async Task Killed_transfer_leaves_nothing_wrong_and_is_finished_by_the_next_run()
    {
        int kills = int.TryParse(Environment.GetEnvironmentVariable("ONEEDGE_KILLS"), CultureInfo.InvariantCulture, out int number) ? number : 40;
        int seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        await Task.WhenAll(Enumerable.Range(0, Places).Select(async place =>
        {
            using var transfers = new KilledTransfers();
            await transfers.RunAsync((kills + place) / Places, new Random(seed + place));
        }));
    }

    /// <summary>Four hosts, and one transfer between them that is killed over and over.</summary>
    private sealed class KilledTransfers : IDisposable
    {
        private readonly ReplicaWorld _world = new();

        public async Task RunAsync(int kills, Random random)
        {
            string image = _world.WriteQcow2(_world.Image(), 4, random.Next());
            byte[] content = File.ReadAllBytes(image);
            TimeSpan whole = await RunToTheEndAsync(image);
            CheckFinal(content, isDone: true);
            for (int i = 0; i < kills; i++)
            {
                // Another content each time, so that the cache has to follow too.
                if (i % 2 == 0) content = File.ReadAllBytes(_world.WriteQcow2(image, 4, random.Next()));
                Remove();
                using (KilledProcess transfer = Start(image))
                {
                    await transfer.WaitForLineAsync("ready", ReplicaWorld.Token);
                    // With and without the programs that it started.
                    await transfer.KillAfterAsync(whole * random.NextDouble(), ReplicaWorld.Token, withChildren: random.Next(2) == 0);
                }

                CheckFinal(content, isDone: false);
                await RunToTheEndAsync(image);
                CheckFinal(content, isDone: true);
            }
        }

        public void Dispose() => _world.Dispose();

        private KilledProcess Start(string image) =>
            KilledProcess.Start(
                TestProgram.Path, "transfer", _world.SshConfig, _world.Location, _world.Journal, "CLONE", "7", image, $"h1:{_world.Disk(7)}", "7", "1");

        private async Task<TimeSpan> RunToTheEndAsync(string image)
        {
            using KilledProcess transfer = Start(image);
            await transfer.WaitForLineAsync("ready", ReplicaWorld.Token);
            var clock = Stopwatch.StartNew();
            string line;
            do line = await transfer.ReadLineAsync(ReplicaWorld.Token);
            while (line != "done");
            return clock.Elapsed;
        }

        private void Remove()
        {
            Directory.Delete(_world.On("h1", Path.GetDirectoryName(_world.Disk(7))!), recursive: true);
            Directory.Delete(_world.On("replica", Path.GetDirectoryName(_world.Recovery(7))!), recursive: true);
        }

        private void CheckFinal(byte[] content, bool isDone)
        {
            string disk = _world.On("h1", _world.Disk(7));
            bool isLink = new FileInfo(disk).LinkTarget is not null;
            if (isDone) Assert.True(isLink, "The disk is no overlay.");
            if (isLink)
            {
                Assert.Equal(content, File.ReadAllBytes(disk + ".snap/base"));
                Assert.Contains("disk.0.snap/base", ReplicaWorld.Run("qemu-img", "info", "--backing-chain", disk), StringComparison.Ordinal);
            }
            else if (File.Exists(disk))
            {
                Assert.Equal(content, File.ReadAllBytes(disk));
            }

            string recovery = _world.On("replica", _world.Recovery(7)) + ".snap/base";
            if (isDone || File.Exists(recovery)) Assert.Equal(content, File.ReadAllBytes(recovery));
            string cached = _world.On("replica", _world.Image());
            // Before the copy the cache may still have the content of the last time, whole.
            if (isDone) Assert.Equal(content, File.ReadAllBytes(cached));
            else if (File.Exists(cached)) ReplicaWorld.Run("qemu-img", "check", "-q", cached);
            if (isDone) Assert.Empty(_world.Leftovers("h1"));
        }
    }
}
