namespace OneEdge.Samples.Flow;

/// <summary>A shop of three tiers, as a service template of OneFlow.</summary>
internal static class ShopTemplate
{
    /// <summary>The tiers come one after the other, on a network of their own; the middle one has two to three virtual machines, as its load wants.</summary>
    public const string Json = """
        {
          "name": "shop",
          "deployment": "straight",
          "networks": { "Private": "M|network|Between the tiers| |template_id:0" },
          "roles": [
            { "name": "db", "vm_template": 0, "cardinality": 1,
              "vm_template_contents": "NIC = [ NETWORK_ID = \"$Private\" ]" },
            { "name": "app", "vm_template": 0, "cardinality": 2, "min_vms": 2, "max_vms": 3, "parents": [ "db" ],
              "vm_template_contents": "NIC = [ NETWORK_ID = \"$Private\" ]\nDATABASE = \"${db.template.nic.ip}\"",
              "cooldown": 60,
              "elasticity_policies": [
                { "type": "CHANGE", "adjust": 1, "expression": "LOAD > 80", "period": 30, "period_number": 2 },
                { "type": "CHANGE", "adjust": -1, "expression": "LOAD < 20", "period": 30, "period_number": 2 } ] },
            { "name": "web", "vm_template": 0, "cardinality": 2, "parents": [ "app" ],
              "vm_template_contents": "NIC = [ NETWORK_ID = \"$Private\" ]" }
          ]
        }
        """;
}
