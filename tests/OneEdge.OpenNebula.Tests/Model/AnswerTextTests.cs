using System.Globalization;
using System.Text;
using CsCheck;

namespace OneEdge.OpenNebula.Tests.Model;

/// <summary>What the objects of one answer have in common.</summary>
public sealed class AnswerTextTests
{
    [Fact]
    public void A_short_text_that_comes_again_is_the_same_string()
    {
        var answer = new AnswerText(default);
        Assert.Same(answer.Share("TM_MAD_SYSTEM"u8), answer.Share("TM_MAD_SYSTEM"u8));
        Assert.Equal("", answer.Share(""u8));
    }

    [Fact]
    public void The_names_of_two_hundred_attributes_are_found_again()
    {
        var answer = new AnswerText(default);
        byte[][] names = [.. Enumerable.Range(0, 200).Select(i => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"NAME_{i}")))];
        for (int round = 0; round < 3; round++) Array.ForEach(names, name => answer.Share(name));
        string[] before = [.. names.Select(n => answer.Share(n))];
        Assert.InRange(names.Where((name, i) => ReferenceEquals(before[i], answer.Share(name))).Count(), 180, 200);
    }

    [Fact]
    public void A_text_is_what_its_bytes_say_however_many_were_asked_for_before_it()
    {
        Gen.String[0, 80].Where(s => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(s)) == s).Array[0, 300].Sample(texts =>
        {
            var answer = new AnswerText(default);
            return texts.Concat(texts).All(text => answer.Share(Encoding.UTF8.GetBytes(text)) == text);
        });
    }

    [Fact]
    public void Many_threads_read_the_templates_of_one_pool_at_once_and_find_the_same()
    {
        string pool = string.Concat(Enumerable.Range(0, 400).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"<VM><ID>{i}</ID><STATE>3</STATE><LCM_STATE>3</LCM_STATE><TEMPLATE><A_{i}><![CDATA[{i}]]></A_{i}><DISK><B_{i % 7}>{i}</B_{i % 7}></DISK>"
                + $"</TEMPLATE></VM>")));
        List<VirtualMachine> machines = ModelReader.ParsePool<VirtualMachine>(Encoding.UTF8.GetBytes($"<VM_POOL>{pool}</VM_POOL>"));
        Parallel.For(0, 8, _ =>
        {
            foreach (VirtualMachine machine in machines)
            {
                string id = machine.Id.ToString(CultureInfo.InvariantCulture);
                Assert.Equal(id, machine.Template.Get("A_" + id));
                Assert.Equal(id, machine.Template.Vector("DISK")!.Get(FormattableString.Invariant($"B_{machine.Id % 7}")));
            }
        });
    }
}
