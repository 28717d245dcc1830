using System.Text.Json;

namespace OneEdge.TestProgram;

internal static class Echo
{
    internal static int Arguments(string[] arguments)
    {
        foreach (string argument in arguments) Console.WriteLine(JsonSerializer.Serialize(argument));
        return 0;
    }

    internal static int Variable(string name)
    {
        Console.WriteLine(Environment.GetEnvironmentVariable(name) ?? "(unset)");
        return 0;
    }

    internal static int Input()
    {
        using Stream input = Console.OpenStandardInput();
        using Stream output = Console.OpenStandardOutput();
        input.CopyTo(output);
        return 0;
    }

    internal static int Lines(string[] lines)
    {
        foreach (string line in lines) Console.WriteLine(line);
        return 0;
    }

    internal static int Failure(int code, string[] lines)
    {
        foreach (string line in lines) Console.Error.WriteLine(line);
        return code;
    }

    internal static int Flood(long bytes)
    {
        using Stream output = Console.OpenStandardOutput();
        output.Write("BEGIN"u8);
        byte[] block = new byte[64 << 10];
        block.AsSpan().Fill((byte)'x');
        for (long left = bytes - 8; left > 0; left -= block.Length) output.Write(block.AsSpan(0, (int)Math.Min(left, block.Length)));
        output.Write("END"u8);
        return 0;
    }

    internal static int Usage()
    {
        Console.Error.WriteLine("A helper of the tests; see Program.cs.");
        return 64;
    }
}
