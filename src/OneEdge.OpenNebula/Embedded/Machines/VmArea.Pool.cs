using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Lists of machines.</summary>
internal sealed partial class VmArea
{
    private const int AnyState = -2;
    private const int AnyButDone = -1;

    private void RegisterPools(MethodTable table)
    {
        table.Add("one.vmpool.info", "iiiis", call => List(call, isExtended: false));
        table.Add("one.vmpool.infoextended", "iiiis", call => List(call, isExtended: true));
        table.Add("one.vmpool.infoset", "sb", ListSet);
        table.Add("one.vmpool.monitoring", "ii", PoolMonitoring);
        table.Add("one.vmpool.accounting", "iii", Accounting);
        table.Add("one.vmpool.showback", "iiiii", call => Empty(call, 5, "SHOWBACK_RECORDS"));
        table.Add("one.vmpool.calculateshowback", "iiii", call =>
        {
            for (int i = 1; i <= 4; i++) call.Int(i);
            return call.Caller.IsAdmin ? "" : throw CallRefusal.Authorization(call.Caller, "Action reserved for group 0 only");
        });
    }

    private RpcValue List(CloudCall call, bool isExtended)
    {
        (int filter, int start, int end, int wanted, string expression) = (call.Int(1), call.Int(2), call.Int(3), call.Int(4), call.Text(5, ""));
        IEnumerable<CloudVm> visible = PoolQuery.Visible(call, Pool, filter);
        if (wanted < AnyState) throw CallRefusal.Argument("Incorrect filter_flag, state must be between -2 and 11.");
        if (expression.Length > 0) throw CallRefusal.Internal("JSON query search is not supported by the SQL backend");
        visible = wanted switch
        {
            AnyState => visible,
            AnyButDone => visible.Where(v => v.State != VmState.Done),
            _ => visible.Where(v => (int)v.State == wanted),
        };
        return Write(call, PoolQuery.Page(visible, start, end), isExtended);
    }

    private RpcValue ListSet(CloudCall call)
    {
        (string text, bool isExtended) = (call.Text(1), call.Flag(2));
        HashSet<int> ids = [];
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (int.TryParse(part, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out int id)) ids.Add(id);
        }

        return Write(call, PoolQuery.Visible(call, Pool, PoolQuery.All).Where(v => ids.Contains(v.Id)), isExtended);
    }

    private static string Write(CloudCall call, IEnumerable<CloudVm> vms, bool isExtended)
    {
        XmlView view = call.View();
        return XmlText.Of(xml =>
        {
            xml.Open("VM_POOL");
            foreach (CloudVm vm in vms)
            {
                if (isExtended) vm.WriteExtended(xml, view);
                else vm.WriteInPool(xml, view);
            }

            xml.Close("VM_POOL");
        });
    }

    // Seconds: -1 all, 0 the last of each, else those that are not older.
    private RpcValue PoolMonitoring(CloudCall call)
    {
        (int filter, int seconds) = (call.Int(1), call.Int(2, -1));
        List<CloudVm> vms = [.. PoolQuery.Visible(call, Pool, filter).Reverse()];
        long oldest = seconds > 0 ? State.Time - seconds : long.MinValue;
        return XmlText.Of(xml =>
        {
            xml.Open("MONITORING_DATA");
            foreach (CloudVm vm in vms)
            {
                IEnumerable<SortedDictionary<string, string>> samples = seconds == 0 ? vm.Samples.TakeLast(1) : vm.Samples;
                foreach (SortedDictionary<string, string> sample in samples.Where(s => long.Parse(s["TIMESTAMP"], CultureInfo.InvariantCulture) >= oldest))
                    CloudVm.WriteSample(xml, "MONITORING", sample);
            }

            xml.Close("MONITORING_DATA");
        });
    }

    private RpcValue Accounting(CloudCall call)
    {
        (int filter, int start, int end) = (call.Int(1), call.Int(2), call.Int(3));
        List<CloudVm> vms = [.. PoolQuery.Visible(call, Pool, filter).Reverse()];
        return XmlText.Of(xml =>
        {
            xml.Open("HISTORY_RECORDS");
            foreach (CloudVm vm in vms)
            {
                foreach (CloudVmHistory stay in vm.History)
                {
                    if ((end < 0 || stay.Start <= end) && (start < 0 || stay.End == 0 || stay.End >= start)) stay.Write(xml, vm);
                }
            }

            xml.Close("HISTORY_RECORDS");
        });
    }

    private static string Empty(CloudCall call, int parameters, string element)
    {
        for (int i = 1; i <= parameters; i++) call.Int(i);
        if (call.Int(1) < PoolQuery.PrimaryGroup) throw CallRefusal.Argument("Incorrect filter_flag");
        return $"<{element}></{element}>";
    }
}
