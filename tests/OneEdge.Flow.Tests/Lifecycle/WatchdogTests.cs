using OneEdge.Flow.Tests.Lifecycle.Scripts;

namespace OneEdge.Flow.Tests.Lifecycle;

/// <summary>What happens to virtual machines of a service that runs.</summary>
public sealed class WatchdogTests
{
    // The original refuses to scale in WARNING; here both are possible.
    [Fact, Trait("Case", "lifecycle-15")]
    public void A_power_off_is_a_warning_and_a_deleted_one_is_not_wanted_any_more() => ServiceScript.Play("""
        straight; web 2
          > create web 0, create web 1
          = DEPLOYING | web:DEPLOYING 2 []
        created
          = DEPLOYING | web:DEPLOYING 2 [1,2]
        vms RUNNING
          = RUNNING | web:RUNNING 2 [1,2]
        vm 1 POWEROFF
          = WARNING | web:WARNING 2 [1,2]
        scale web 2
          ! Cardinality of web is already at 2
        vm 1 RUNNING
          = RUNNING | web:RUNNING 2 [1,2]
        vm 1 DONE
          = RUNNING | web:RUNNING 1 [2]
        vm 2 DONE
          = RUNNING | web:RUNNING 0 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | WARNING | RUNNING | I Role web scaling down from 2 to 1 nodes
            | I Role web scaling down from 1 to 0 nodes
        """);

    // The original: RUNNING as soon as any of them runs.
    [Fact, Trait("Case", "lifecycle-16"), Trait("Defect", "B8"), Trait("Deviation", "states-follow-from-what-is")]
    public void B8_a_warning_stays_as_long_as_one_is_not_well() => ServiceScript.Play("""
        straight; web 2
          > create web 0, create web 1
          = DEPLOYING | web:DEPLOYING 2 []
        created
          = DEPLOYING | web:DEPLOYING 2 [1,2]
        vms RUNNING
          = RUNNING | web:RUNNING 2 [1,2]
        vm 1 POWEROFF
          = WARNING | web:WARNING 2 [1,2]
        vm 2 UNKNOWN
        vm 2 RUNNING
        vm 1 RUNNING
          = RUNNING | web:RUNNING 2 [1,2]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | WARNING | RUNNING
        """);

    // The original stays in WARNING.
    [Fact, Trait("Case", "lifecycle-65"), Trait("Defect", "B8"), Trait("Deviation", "states-follow-from-what-is")]
    public void B8_a_warning_ends_when_the_bad_one_is_gone() => ServiceScript.Play("""
        straight; web 2
          > create web 0, create web 1
          = DEPLOYING | web:DEPLOYING 2 []
        created
          = DEPLOYING | web:DEPLOYING 2 [1,2]
        vms RUNNING
          = RUNNING | web:RUNNING 2 [1,2]
        vm 1 POWEROFF
          = WARNING | web:WARNING 2 [1,2]
        vm 1 DONE
          = RUNNING | web:RUNNING 1 [2]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | WARNING | I Role web scaling down from 2 to 1 nodes | RUNNING
        """);

    // The original does not look at SUSPENDED, STOPPED and UNDEPLOYED.
    [Fact, Trait("Deviation", "halted-is-neither-up-nor-gone")]
    public void A_virtual_machine_that_is_suspended_is_not_well() => ServiceScript.Play("""
        straight; web 1
          > create web 0
          = DEPLOYING | web:DEPLOYING 1 []
        created
          = DEPLOYING | web:DEPLOYING 1 [1]
        vms RUNNING
          = RUNNING | web:RUNNING 1 [1]
        vm 1 SUSPENDED
          = WARNING | web:WARNING 1 [1]
        recover
          > resume 1, read
        reads 1 BOOT_SUSPENDED
        vm 1 RUNNING
          = RUNNING | web:RUNNING 1 [1]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | WARNING | RUNNING
        """);

    // The original overwrites SCALING, or UNDEPLOYING, with RUNNING.
    [Fact, Trait("Defect", "B7"), Trait("Deviation", "states-follow-from-what-is")]
    public void B7_a_late_event_does_not_change_what_is_going_on() => ServiceScript.Play("""
        straight; web 1
          > create web 0
          = DEPLOYING | web:DEPLOYING 1 []
        created
          = DEPLOYING | web:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | web:RUNNING 1 [1]
        vm 1 POWEROFF
          = WARNING | web:WARNING 1 [1]
        scale web 2
          > create web 1
          = SCALING | web:SCALING 2 [1]
        vm 1 RUNNING
        created
          = SCALING | web:SCALING 2 [1,2]
        undeploy
          > terminate 1, terminate 2
          = UNDEPLOYING | web:UNDEPLOYING 2 [1,2]
        vm 1 RUNNING
        vm 1 DONE
          = UNDEPLOYING | web:UNDEPLOYING 2 [2]
        vm 2 DONE
          > read
          = UNDEPLOYING | web:DONE 2 []
        reads
          > delete document
          = UNDEPLOYING_NETS | web:DONE 2 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | WARNING | I Role web scaling up from 1 to 2 nodes | SCALING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Case", "lifecycle-17"), Trait("Case", "trace-15"), Trait("Deviation", "passing-states-are-not-logged")]
    public void With_automatic_deletion_the_service_goes_with_its_last_virtual_machine() => ServiceScript.Play("""
        none auto; web 1; db 1
          > create web 0, create db 0
          = DEPLOYING | web:DEPLOYING 1 [] ; db:DEPLOYING 1 []
        created
          = DEPLOYING | web:DEPLOYING 1 [1] ; db:DEPLOYING 1 [2]
        vms RUNNING
          = RUNNING | web:RUNNING 1 [1] ; db:RUNNING 1 [2]
        vm 1 DONE
          = RUNNING | web:RUNNING 0 [] ; db:RUNNING 1 [2]
        vm 2 DONE
          > read
          = UNDEPLOYING | web:DONE 0 [] ; db:DONE 0 []
        reads
          > delete document
          = UNDEPLOYING_NETS | web:DONE 0 [] ; db:DONE 0 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role web scaling down from 1 to 0 nodes | I Role db scaling down from 1 to 0 nodes
            | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Case", "lifecycle-69"), Trait("Deviation", "passing-states-are-not-logged")]
    public void With_automatic_deletion_a_service_that_wants_none_goes_at_once() => ServiceScript.Play("""
        straight auto; db 0; web 0 < db
          > read
          = UNDEPLOYING | db:DONE 0 [] ; web:DONE 0 []
        reads
          > delete document
          = UNDEPLOYING_NETS | db:DONE 0 [] ; web:DONE 0 []
        log DEPLOYING_NETS | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Case", "lifecycle-70")]
    public void With_automatic_deletion_an_empty_role_does_not_end_the_others() => ServiceScript.Play("""
        straight auto; db 0; web 1 < db
          > create web 0
          = DEPLOYING | db:RUNNING 0 [] ; web:DEPLOYING 1 []
        created
          = DEPLOYING | db:RUNNING 0 [] ; web:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | db:RUNNING 0 [] ; web:RUNNING 1 [1]
        log DEPLOYING_NETS | DEPLOYING | RUNNING
        """);
}
