using System.CommandLine;

namespace OneEdge.Host.Cli;

/// <summary><c>oneedge completion</c>: scripts that let a shell complete commands and options; they ask the program itself.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _oneedge() {
            local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]}"
            COMPREPLY=( $(compgen -W "$(oneedge "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$word") )
        }
        complete -o bashdefault -o default -F _oneedge oneedge
        """;

    private const string Zsh = """
        #compdef oneedge
        _oneedge() {
            local -a found
            found=(${(f)"$(oneedge "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)"})
            (( ${#found} )) && compadd -a found || _files
        }
        compdef _oneedge oneedge
        """;

    private const string Fish = """
        complete -c oneedge -a '(oneedge "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
        """;

    public static HostCommand Create(HostIo io)
    {
        var command = new HostCommand("completion", "Prints a script that lets a shell complete the commands.",
            "completion bash > ~/.local/share/bash-completion/completions/oneedge",
            "completion zsh > \"${fpath[1]}/_oneedge\"",
            "completion fish > ~/.config/fish/completions/oneedge.fish");
        var shell = new Argument<string>("SHELL") { Description = "The shell: bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        command.SetAction(parsed => io.Out.WriteLine(parsed.GetRequiredValue(shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Fish,
        }));
        return command.With(shell);
    }
}
