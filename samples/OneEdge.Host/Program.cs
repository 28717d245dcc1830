using System.CommandLine;

var root = new RootCommand("Tools for OpenNebula edge clouds: read, patch, compare and upgrade configuration.");
root.SetAction(_ => root.Parse("--help").Invoke());
return await root.Parse(args).InvokeAsync();
