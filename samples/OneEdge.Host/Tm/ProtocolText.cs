using System.Globalization;
using System.Text;
using OneEdge.Storage;

namespace OneEdge.Host.Tm;

/// <summary>What a driver says, in the form that OpenNebula reads. Pure.</summary>
/// <remarks>
/// Lines of the log are <c>INFO: script: text</c> and <c>ERROR: script: text</c>; a failure ends with a line for people. OpenNebula 6.10 shows all of standard
/// error; 6.0 shows what stands between two marks. Source: <c>scripts_common.sh</c> and <c>CommandManager.rb</c> of both.
/// </remarks>
internal static class ProtocolText
{
    /// <summary>The line before the message, for OpenNebula 6.0.</summary>
    public const string OpeningMark = "ERROR MESSAGE --8<------";

    /// <summary>The line behind the message, for OpenNebula 6.0.</summary>
    public const string ClosingMark = "ERROR MESSAGE ------>8--";

    /// <summary>A line of the log.</summary>
    /// <param name="script">The name by which the driver was called.</param>
    /// <param name="text">The text.</param>
    public static string Info(string script, string text) => $"INFO: {OneLine(script)}: {OneLine(text)}";

    /// <summary>The lines of a failure.</summary>
    /// <param name="script">The name by which the driver was called.</param>
    /// <param name="message">What could not be done, for people.</param>
    /// <param name="error">Why.</param>
    /// <param name="hasMarks">Whether the message stands between marks.</param>
    public static IReadOnlyList<string> Failure(string script, string message, Exception error, bool hasMarks)
    {
        string reason = Reason(error);
        string line = $"ERROR: {OneLine(script)}: {reason}";
        return hasMarks ? [line, OpeningMark, $"{OneLine(message)}: {reason}", ClosingMark] : [line, OneLine(message)];
    }

    /// <summary>What could not be done, in the words of the original where its scripts have some.</summary>
    /// <param name="action">The action, without a driver behind a point.</param>
    /// <param name="words">Its arguments.</param>
    public static string Message(string action, IReadOnlyList<string> words) => action switch
    {
        "clone" or "ln" or "mvds" or "cpds" when words.Count > 1 => $"Error copying {words[0]} to {words[1]}",
        "mv" when words.Count > 1 => "Error copying disk directory to target host",
        "snap_create" or "snap_create_live" when words.Count > 1 => $"Error creating snapshot {words[1]} of {words[0]}",
        "snap_delete" when words.Count > 1 => $"Error deleting snapshot {words[1]} of {words[0]}",
        "snap_revert" when words.Count > 1 => $"Error reverting snapshot to {words[1]} of {words[0]}",
        "resize" when words.Count > 0 => $"Error resizing image {words[0]}",
        "delete" when words.Count > 0 => $"Error deleting {words[0]}",
        "mkimage" when words.Count > 2 => $"Could not create image {words[2]}",
        "mkswap" when words.Count > 1 => $"Could not create image {words[1]}",
        "context" when words.Count > 3 => $"Error creating context device {words[^3]}",
        "premigrate" => "Error removing target path to prevent overwrite errors",
        "postmigrate" => "Error removing the files of the virtual machine from its former host",
        _ => $"Error executing {action}",
    };

    /// <summary>The exit code: that of what failed on a host, 255 when it could not be reached, otherwise 1; waiting for a lock ends with 254.</summary>
    /// <param name="error">The failure.</param>
    public static int ExitCodeOf(Exception error) => error switch
    {
        HostException { ExitCode: > 0 and <= 255 and int code } => code,
        HostException => 255,
        OneEdgeException { Code: StorageErrorCodes.ReplicaLockTimeout } => 254,
        _ => 1,
    };

    /// <summary>A text in one line: ends of lines become <c>;</c>, other control characters are escaped.</summary>
    /// <param name="text">The text.</param>
    public static string OneLine(string text)
    {
        string joined = string.Join("; ", text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        if (!joined.Any(char.IsControl)) return joined;
        var line = new StringBuilder();
        foreach (char c in joined)
        {
            if (char.IsControl(c)) line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else line.Append(c);
        }

        return line.ToString();
    }

    private static string Reason(Exception error) => error switch
    {
        HostException { ExitCode: not null } host => $"Command \"{OneLine(host.Script)}\" failed on {host.Host}: {OneLine(Last(host.ErrorText))}",
        OneEdgeException known => $"{known.Code}: {OneLine(known.Message)}",
        OperationCanceledException => "stopped by a signal; nothing is left half done",
        _ => OneLine(error.Message),
    };

    // Programs say last why they failed; a whole log does not belong into the message of a virtual machine.
    private static string Last(string text)
    {
        const int most = 2000;
        return text.Length <= most ? text : "..." + text[^most..];
    }
}
