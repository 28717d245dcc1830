namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>Texts that parameters are made of: templates that fit, templates with odd numbers, and what is no template.</summary>
internal static class HostileTexts
{
    private const string Least = "-9223372036854775808";
    private const string Most = "9223372036854775807";

    public static IReadOnlyList<string> All { get; } =
    [
        "", "0", "x", "A=[", "<a>", "<a/>", "terminate", "terminate-hard", "poweroff", "resume", "suspend", "stop", "undeploy", "hold", "release", "resched",
        "NAME=x", "NAME=\"\"", "NAME=\"a\"\nCPU=1\nMEMORY=1", $"CPU=1e308\nMEMORY={Most}", $"CPU=1\nMEMORY={Most}\nVCPU={Least}", "CPU=1e-60\nMEMORY=1e3",
        $"NAME=big\nTYPE=DATABLOCK\nSIZE={Most}", $"NAME=small\nTYPE=DATABLOCK\nSIZE={Least}", $"{Most}", $"{Least}", "SIZE=1\nNAME=res",
        $"DISK=[TYPE=fs,SIZE={Most}]", $"DISK=[SIZE={Least}]", "DISK=[IMAGE_ID=0]", "DISK=[IMAGE_ID=1]", "DISK=[CLONING=YES,IMAGE_ID=77]", "NIC=[NETWORK=x]",
        "NIC=[NETWORK_ID=0]", "NIC=[NETWORK_ID=0,IP=10.0.0.7]", "NIC=[SECURITY_GROUPS=\"0,100\"]", "NIC_ALIAS=[NETWORK_ID=0,PARENT=NIC0]",
        "NAME=vm\nCPU=1\nMEMORY=8\nDISK=[IMAGE_ID=0]\nDISK=[IMAGE_ID=1]\nNIC=[NETWORK_ID=0]\nNIC=[SECURITY_GROUPS=100]\nVMGROUP=[VMGROUP_ID=0,ROLE=a]",
        $"NAME=vm2\nCPU=1\nMEMORY=8\nDISK=[TYPE=fs,SIZE={Most}]\nDISK=[TYPE=fs,SIZE={Most}]\nBACKUP_CONFIG=[BACKUP_VOLATILE=YES]",
        "NAME=vm3\nCPU=1\nMEMORY=8\nDISK=[CLONING=YES,SIZE=1]\nSCHED_ACTION=[ACTION=nonsense,TIME=0]",
        "SCHED_REQUIREMENTS=\"ID = 0 | (\"", "SCHED_REQUIREMENTS=\"!ID = 0\"",
        "SCHED_ACTION=[ACTION=poweroff,TIME=99999999999999999999]", "SCHED_ACTION=[ACTION=poweroff,TIME=\"+9223372036854775807\"]",
        $"SCHED_ACTION=[ACTION=poweroff,TIME=\"{Least}\"]", $"SCHED_ACTION=[ACTION=resume,TIME=\"+60\",WARNING=\"{Least}\"]",
        "SCHED_ACTION=[ACTION=snapshot-create,TIME=\"+60\",ARGS=s,REPEAT=3,DAYS=1]",
        $"SCHED_ACTION=[ACTION=reboot,TIME=0,REPEAT=2,DAYS=365,END_TYPE=1,END_VALUE={Most}]",
        "SCHED_ACTION=[ACTION=backup,TIME=\"+90\",ARGS=\"100,1\"]", "SCHED_ACTION=[TIME=1]",
        "CONTEXT=[DISK_ID=2147483647,NETWORK=YES,A=\"$TEMPLATE $NIC[IP] \"]", "CONTEXT=[A=\"$NIC[\"]", "BACKUP_CONFIG=[KEEP_LAST=-2147483648,MODE=INCREMENT]",
        "AR=[TYPE=IP4,IP=255.255.255.254,SIZE=4294967297]", $"AR=[TYPE=IP6_STATIC,IP6=\"::1\",PREFIX_LENGTH=\" -1\",SIZE={Most}]",
        "AR=[AR_ID=1,PREFIX_LENGTH=\" 64\"]",
        "AR=[AR_ID=0,SIZE=18446744073709551615]", "AR=[TYPE=IP4_6,IP=10.1.0.1,SIZE=0,GLOBAL_PREFIX=\"2001::\",PORT_START=1,PORT_SIZE=4294967295]",
        "LEASES=[IP=10.0.0.9]", "LEASES=[IP6=\"2001::1:0:0\"]", "SIZE=65536\nNAME=many\nAR_ID=1\nIP6=\"2001::FFFF:FFFE\"",
        "SIZE=3\nNAME=few\nAR_ID=0\nIP=10.0.0.3",
        "NAME=v\nVN_MAD=802.1Q\nPHYDEV=e\nAUTOMATIC_VLAN_ID=YES\nAR=[TYPE=NONE]", "VN_MAD=vxlan\nPHYDEV=e\nVLAN_ID=5",
        "RESERVED_MEM=\"1e300%\"\nRESERVED_CPU=\"NaN%\"", $"RESERVED_MEM=\"{Least}\"\nRESERVED_CPU=\"{Most}\"", $"LIMIT_MB=\"{Least}\"",
        "NAME=n\nTYPE=IMAGE_DS\nDS_MAD=fs\nTM_MAD=ssh", "MARKET_MAD=one", "NAME=app\nORIGIN_ID=1",
        "NAME=app2\nORIGIN_ID=-1\nTYPE=VMTEMPLATE\nAPPTEMPLATE64=eA==",
        "NAME=hook\nTYPE=state\nRESOURCE=VM\nON=RUNNING\nCOMMAND=c", "ROLE=[NAME=c,HOST_AFFINED=\"0\"]", "ROLE=[NAME=\"\"]", "AFFINED=\"b\"",
        "RULE=[PROTOCOL=TCP,RULE_TYPE=INBOUND,RANGE=\"99999999999999999999:1\"]",
        "NAME=job\nBACKUP_VMS=\"1,1,0,-5\"\nDATASTORE_ID=100\nPRIORITY=99\nMODE=INCREMENT",
        "VM=[VMS=1]", "TYPE=x", "user:userpass", "100000001", "1000000000", "f", "ffffffffffffffff", "0,1,2", "CDROM",
        "APPEND=\"DISK,NIC\"\nDISK=[IMAGE=disk]\nNIC=[NETWORK=net]", "A=\"]]>\"", "BODY=\"{}\"\nPROVISION_BODY=\"secret\"",
    ];
}
