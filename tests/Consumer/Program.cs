using OneEdge.Config;

// What a user of the packages does first: one change in memory, every other byte as it was.
const string before = "# The port of oned\nPORT = 2633 # do not touch\r\nDB = [ BACKEND = \"sqlite\" ]\n";
const string after = "# The port of oned\nPORT = 2634 # do not touch\r\nDB = [ BACKEND = \"sqlite\" ]\n";

ConfigApplyResult result = ConfigFormat.Oned.Parse(before, "oned.conf").Apply(ConfigChange.Set("PORT", "2634"));
if (!result.IsComplete || result.Document.ToString() != after)
{
    Console.Error.WriteLine($"expected:\n{after}\ngot:\n{result.Document}");
    return 1;
}

Console.WriteLine("the packed libraries patched oned.conf");
return 0;
