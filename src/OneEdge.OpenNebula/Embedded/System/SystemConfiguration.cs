namespace OneEdge.OpenNebula.Embedded;

/// <summary>The part of <c>oned.conf</c> that the cloud keeps to.</summary>
internal static class SystemConfiguration
{
    public static string Write(EmbeddedCloudOptions options)
    {
        SortedDictionary<string, string> values = new(StringComparer.Ordinal)
        {
            ["API_LIST_ORDER"] = "DESC",
            ["DEFAULT_DEVICE_PREFIX"] = "sd",
            ["DEFAULT_IMAGE_TYPE"] = "OS",
            ["DEFAULT_UMASK"] = "177",
            ["DOCUMENT_ENCRYPTED_ATTR"] = "PROVISION_BODY",
            ["ENABLE_OTHER_PERMISSIONS"] = "YES",
            ["KEEPALIVE_MAX_CONN"] = "30",
            ["KEEPALIVE_TIMEOUT"] = "15",
            ["MAC_PREFIX"] = "02:00",
            ["MAX_CONN"] = "15",
            ["MAX_CONN_BACKLOG"] = "15",
            ["MESSAGE_SIZE"] = "1073741824",
            ["NETWORK_SIZE"] = "254",
            ["PORT"] = "2633",
            ["SESSION_EXPIRATION_TIME"] = "900",
            ["TIMEOUT"] = "15",
            ["VM_ADMIN_OPERATIONS"] = "migrate, delete, recover, retry, deploy, resched",
            ["VM_SUBMIT_ON_HOLD"] = "NO",
            ["VM_USE_OPERATIONS"] = "",
        };
        if (options.OneGateEndpoint is { } endpoint) values["ONEGATE_ENDPOINT"] = endpoint;
        return XmlText.Of(xml =>
        {
            xml.Open("OPENNEBULA_CONFIGURATION");
            foreach ((string name, string value) in values) xml.CData(name, value);
            xml.Close("OPENNEBULA_CONFIGURATION");
        });
    }
}
