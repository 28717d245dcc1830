using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OneEdge.Files;
using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>An installation: the directory below which <c>/etc/one</c> and <c>/var/lib/one/remotes/etc</c> lie.</summary>
/// <remarks>
/// Files are named as seen from this root. Changes to several files are one transaction: after a crash the next use of the tree
/// finishes or undoes it. Processes that change the same tree wait for each other.
/// </remarks>
public sealed class ConfigTree
{
    private static readonly string[] Directories = ["etc/one", "var/lib/one/remotes/etc"];
    private readonly SandboxRoot _sandbox;

    /// <summary>Creates a tree; nothing is read.</summary>
    /// <param name="root">The root of the installation, <c>/</c> for the running system.</param>
    /// <param name="options">How it works; the defaults when absent.</param>
    /// <param name="logger">Told about written files and recoveries.</param>
    public ConfigTree(string root, ConfigTreeOptions? options = null, ILogger<ConfigTree>? logger = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        _sandbox = new SandboxRoot(root);
        Options = options ?? new ConfigTreeOptions();
        Logger = logger ?? NullLogger<ConfigTree>.Instance;
        Backups = new ConfigBackups(this);
    }

    /// <summary>The absolute path of the root.</summary>
    public string Root => _sandbox.Path;

    /// <summary>How the tree works.</summary>
    public ConfigTreeOptions Options { get; }

    /// <summary>The backups of the tree.</summary>
    public ConfigBackups Backups { get; }

    internal ILogger Logger { get; }

    /// <summary>Where the lock and the journals of interrupted changes lie.</summary>
    internal string StateDirectory => Path.Combine(Root, "var", "lib", "one", "backups", "config");

    /// <summary>The files below <c>/etc/one</c> and <c>/var/lib/one/remotes/etc</c>, whatever the catalogue says; hidden ones are left out.</summary>
    /// <returns>Their names, in order.</returns>
    public IReadOnlyList<string> ListFiles()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden, IgnoreInaccessible = false };
        return
        [
            .. Directories.Select(d => Path.Combine(Root, d)).Where(Directory.Exists)
                .SelectMany(d => Directory.EnumerateFiles(d, "*", options))
                .Select(f => "/" + Path.GetRelativePath(Root, f).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Reads a file in the format that the catalogue gives it.</summary>
    /// <param name="file">The file, as seen from the root.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The document.</returns>
    /// <exception cref="ConfigPatchException">The catalogue does not know the file, or it is not there; near names are the hint.</exception>
    /// <exception cref="ConfigSyntaxException">The file does not parse.</exception>
    /// <exception cref="PathRefusedException">The name leaves the root, or a symbolic link or special file stands in the way.</exception>
    public async Task<ConfigDocument> ReadAsync(string file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ConfigFormat? format = Options.Catalog.FormatOf(file);
        SourceText? text = format is null ? null : await TryReadTextAsync(file, cancellationToken).ConfigureAwait(false);
        if (text is null) throw new ConfigPatchException([PatchFindings.UnknownFile(Options.Catalog, file, line: null)]);
        return format!.Parse(text, Options.Limits);
    }

    /// <summary>Reads a patch for this tree: unlike <see cref="ConfigPatch.Parse"/>, a change line must name a file that is there.</summary>
    /// <param name="text">The patch.</param>
    /// <param name="format">Its form; detected when absent.</param>
    /// <returns>The patch.</returns>
    /// <exception cref="ConfigPatchException">The text is no patch; the exception holds every finding with its line.</exception>
    public ConfigPatch ReadPatch(string text, PatchFormat format = PatchFormat.Detect)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool isYaml = format == PatchFormat.Yaml || (format == PatchFormat.Detect && ConfigPatch.IsYaml(text));
        return isYaml ? ConfigPatch.ParseYaml(text) : ConfigPatch.ParseLines(text, Options.Catalog, name => File.Exists(Path.Join(Root, name)));
    }

    /// <summary>Decides what a patch would do. Nothing is written.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="cancellationToken">Stops the planning.</param>
    /// <returns>The plan: every change with its status. A file that can't be read is a finding of the plan, not an exception.</returns>
    public async Task<PatchPlan> PlanAsync(ConfigPatch patch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        List<FilePlan> files = [];
        foreach (FilePatch file in patch.Files) files.Add(await PlanAsync(file, cancellationToken).ConfigureAwait(false));
        return new PatchPlan(files);
    }

    /// <summary>Takes the tree for changes: waits for other processes, then finishes or undoes what a crash has interrupted.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The lock; dispose it to let others in.</returns>
    /// <exception cref="LockTimeoutException">Another process kept the tree for longer than <see cref="ConfigTreeOptions.LockTimeout"/>.</exception>
    /// <exception cref="FileConflictException">An interrupted change can't be finished, because somebody changed its files meanwhile.</exception>
    public Task<ConfigTreeLock> LockAsync(CancellationToken cancellationToken = default) => ConfigTreeLock.AcquireAsync(this, cancellationToken);

    /// <summary>Carries a plan out as one transaction, with a backup of the files that change.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How; the defaults when absent.</param>
    /// <param name="cancellationToken">Stops before the first file is replaced, never in the middle.</param>
    /// <returns>What was done. A plan that can't be applied is a result with a reason, and nothing is written.</returns>
    /// <exception cref="FileConflictException">A file changed since the plan was made; nothing is written.</exception>
    public async Task<PatchResult> ApplyAsync(PatchPlan plan, PatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        using ConfigTreeLock held = await LockAsync(cancellationToken).ConfigureAwait(false);
        return await held.ApplyAsync(plan, options, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="ApplyAsync(PatchPlan, PatchOptions?, CancellationToken)"/>
    public Task<PatchResult> ApplyAsync(PatchPlan plan, CancellationToken cancellationToken) => ApplyAsync(plan, options: null, cancellationToken);

    /// <summary>Plans and applies in one go, while no other process can change the tree.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="options">How; the defaults when absent.</param>
    /// <param name="cancellationToken">Stops before the first file is replaced, never in the middle.</param>
    /// <returns>What was done.</returns>
    public async Task<PatchResult> PatchAsync(ConfigPatch patch, PatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        using ConfigTreeLock held = await LockAsync(cancellationToken).ConfigureAwait(false);
        PatchPlan plan = await PlanAsync(patch, cancellationToken).ConfigureAwait(false);
        return await held.ApplyAsync(plan, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Carries an upgrade out as one transaction, with a backup of the files that change.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Stops before the first file is replaced, never in the middle.</param>
    /// <returns>The backup; <see langword="null"/> when no file changes.</returns>
    /// <exception cref="ConfigConflictException">A conflict is not decided; nothing is written.</exception>
    /// <exception cref="FileConflictException">A file changed since the plan was made; nothing is written.</exception>
    public async Task<ConfigBackup?> ApplyAsync(UpgradePlan plan, CancellationToken cancellationToken = default)
    {
        using ConfigTreeLock held = await LockAsync(cancellationToken).ConfigureAwait(false);
        return await held.ApplyAsync(plan, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the text of a file; <see langword="null"/> when it is not there.</summary>
    internal async Task<SourceText?> TryReadTextAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            byte[] bytes = await _sandbox.ReadFileAsync(file.TrimStart('/'), Options.Limits.MaxBytes, cancellationToken).ConfigureAwait(false);
            return SourceText.FromBytes(bytes, file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The absolute path of a file, checked against escapes.</summary>
    internal string PathOf(string file) => _sandbox.Resolve(file.TrimStart('/'));

    /// <summary>The permissions of a file of this tree.</summary>
    internal UnixFileMode ModeOf(string file) =>
        OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(PathOf(file));

    private async Task<FilePlan> PlanAsync(FilePatch file, CancellationToken cancellationToken)
    {
        SourceText none = SourceText.From("", file.File);
        try
        {
            SourceText? text = await TryReadTextAsync(file.File, cancellationToken).ConfigureAwait(false);
            return text is null
                ? PatchPlanner.Unreadable(file, none, [PatchFindings.UnknownFile(Options.Catalog, file.File, line: null)])
                : PatchPlanner.Plan(file, text, Options.Limits);
        }
        catch (OneEdgeException e)
        {
            return PatchPlanner.Unreadable(file, none, [new Diagnostic(e.Code, DiagnosticSeverity.Error, e.Message) { File = file.File }]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return PatchPlanner.Unreadable(file, none, [new Diagnostic(ConfigErrorCodes.Unreadable, DiagnosticSeverity.Error, e.Message) { File = file.File }]);
        }
    }
}
