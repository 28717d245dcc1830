using OneEdge.TestProgram;

return args switch
{
    ["transaction", var directory, var count] => await TransactionLoop.RunAsync(directory, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)),
    ["patch-tree", var directory] => await TreePatcher.LoopAsync(directory),
    ["patch-insert", var directory, var prefix, var count] =>
        await TreePatcher.InsertAsync(directory, prefix, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)),
    ["patch-line", var directory, var line] => await TreePatcher.LineAsync(directory, line),
    ["hold-lock", var file] => await Holder.RunAsync(file),
    ["documents-write", var file] => await DocumentWriter.LoopAsync(file),
    ["documents-count", var file, var id, var times] => await DocumentWriter.CountAsync(
        file, int.Parse(id, System.Globalization.CultureInfo.InvariantCulture), int.Parse(times, System.Globalization.CultureInfo.InvariantCulture)),
    ["recovery-agent", var location, var store, var sshConfig] => await Recovery.AgentAsync(location, store, sshConfig),
    ["recovery-restore", var store, var vm, var disk, var sshConfig, var host, var directory] => await Recovery.RestoreAsync(
        store, int.Parse(vm, System.Globalization.CultureInfo.InvariantCulture), int.Parse(disk, System.Globalization.CultureInfo.InvariantCulture), sshConfig, host, directory),
    ["flatten", var image, var target] => await ImageWriter.FlattenAsync(image, target),
    ["rebase", var image, .. var names] => await ImageWriter.RebaseAsync(image, names),
    ["transfer", var config, var datastores, var journal, var action, var vm, .. var rest] =>
        await Transfer.RunAsync(config, datastores, journal, action, int.Parse(vm, System.Globalization.CultureInfo.InvariantCulture), rest),
    ["echo-args", .. var rest] => Echo.Arguments(rest),
    ["echo-environment", var name] => Echo.Variable(name),
    ["cat"] => Echo.Input(),
    ["say", .. var lines] => Echo.Lines(lines),
    ["fail", var code, .. var lines] => Echo.Failure(int.Parse(code, System.Globalization.CultureInfo.InvariantCulture), lines),
    ["flood", var bytes] => Echo.Flood(long.Parse(bytes, System.Globalization.CultureInfo.InvariantCulture)),
    ["sleep"] => Tree.Sleep(stubborn: false),
    ["sleep-stubborn"] => Tree.Sleep(stubborn: true),
    ["spawn-tree", var mode] => Tree.Spawn(mode),
    ["spawn-orphan", var mode] => Tree.SpawnOrphan(mode),
    _ => Echo.Usage(),
};
