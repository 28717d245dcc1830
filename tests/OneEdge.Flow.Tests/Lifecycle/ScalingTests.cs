using OneEdge.Flow.Tests.Lifecycle.Scripts;

namespace OneEdge.Flow.Tests.Lifecycle;

/// <summary>More and fewer virtual machines.</summary>
public sealed class ScalingTests
{
    [Fact, Trait("Case", "lifecycle-12")]
    public void Scaling_up_rests_for_a_while_and_scaling_down_takes_the_oldest() => ServiceScript.Play("""
        straight; web 1 min 1 max 3
          > create web 0
          = DEPLOYING | web:DEPLOYING 1 []
        created
          = DEPLOYING | web:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | web:RUNNING 1 [1]
        scale web 3
          > create web 1, create web 2
          = SCALING | web:SCALING 3 [1]
        created
          = SCALING | web:SCALING 3 [1,2,3]
        vm 2 RUNNING
        vm 3 RUNNING
          = COOLDOWN | web:COOLDOWN 3 [1,2,3]
        wait 1
          = RUNNING | web:RUNNING 3 [1,2,3]
        scale web 4
          ! Can't scale service 10: Maximum cardinality is 3
        scale web 3
          ! Cardinality of web is already at 3
        scale nope 1
          ! Role nope not found
        scale web 1
          > terminate 1, terminate 2
          = SCALING | web:SCALING 1 [1,2,3]
        vm 1 DONE
          = SCALING | web:SCALING 1 [2,3]
        vm 2 DONE
          = COOLDOWN | web:COOLDOWN 1 [3]
        wait 1
          = RUNNING | web:RUNNING 1 [3]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role web scaling up from 1 to 3 nodes | SCALING | COOLDOWN | RUNNING
            | I Role web scaling down from 3 to 1 nodes | SCALING | COOLDOWN | RUNNING
        """);

    // The original refuses in SCALING and COOLDOWN.
    [Fact, Trait("Deviation", "scaling-may-be-overtaken"), Trait("Deviation", "the-worst-go-first")]
    public void Scaling_down_while_scaling_up_takes_those_that_are_not_there_yet_first() => ServiceScript.Play("""
        straight; web 1
          > create web 0
          = DEPLOYING | web:DEPLOYING 1 []
        created
          = DEPLOYING | web:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | web:RUNNING 1 [1]
        scale web 3
          > create web 1, create web 2
          = SCALING | web:SCALING 3 [1]
        created
          = SCALING | web:SCALING 3 [1,2,3]
        vm 2 RUNNING
        scale web 1
          > terminate 1, terminate 3
          = SCALING | web:SCALING 1 [1,2,3]
        vm 3 DONE
          = SCALING | web:SCALING 1 [1,2]
        vm 1 DONE
          = COOLDOWN | web:COOLDOWN 1 [2]
        scale web 2
          > create web 3
          = SCALING | web:SCALING 2 [2]
        created
          = SCALING | web:SCALING 2 [2,4]
        vm 4 RUNNING
          = COOLDOWN | web:COOLDOWN 2 [2,4]
        wait 1
          = RUNNING | web:RUNNING 2 [2,4]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role web scaling up from 1 to 3 nodes | SCALING | I Role web scaling down from 3 to 1 nodes
            | COOLDOWN | I Role web scaling up from 1 to 2 nodes | SCALING | COOLDOWN | RUNNING
        """);

    [Fact, Trait("Case", "lifecycle-13"), Trait("Case", "trace-22")]
    public void A_failure_while_scaling_is_tried_again_by_recover() => ServiceScript.Play("""
        none; web 1 cooldown 2
          > create web 0
          = DEPLOYING | web:DEPLOYING 1 []
        created
          = DEPLOYING | web:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | web:RUNNING 1 [1]
        scale web 2
          > create web 1
          = SCALING | web:SCALING 2 [1]
        created
          = SCALING | web:SCALING 2 [1,2]
        vm 2 PROLOG_FAILURE
          = FAILED_SCALING | web:FAILED_SCALING 2 [1,2]
        recover
          > retry 2, read
          = SCALING | web:SCALING 2 [1,2]
        reads 1 RUNNING, 2 PROLOG
        vm 2 RUNNING
          = COOLDOWN | web:COOLDOWN 2 [1,2]
        wait 2
          = RUNNING | web:RUNNING 2 [1,2]
        undeploy
          > terminate 1, terminate 2
          = UNDEPLOYING | web:UNDEPLOYING 2 [1,2]
        vm 1 DONE
          = UNDEPLOYING | web:UNDEPLOYING 2 [2]
        vm 2 DONE
          > read
          = UNDEPLOYING | web:DONE 2 []
        reads
          > delete document
          = UNDEPLOYING_NETS | web:DONE 2 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role web scaling up from 1 to 2 nodes | SCALING | FAILED_SCALING | SCALING | COOLDOWN | RUNNING
            | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    // The original terminates none of them.
    [Fact, Trait("Case", "lifecycle-14"), Trait("Defect", "B1"), Trait("Deviation", "nothing-is-left-behind")]
    public void B1_a_failed_scaling_loses_nothing_when_the_service_goes() => ServiceScript.Play("""
        straight; web 1
          > create web 0
          = DEPLOYING | web:DEPLOYING 1 []
        created
          = DEPLOYING | web:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | web:RUNNING 1 [1]
        scale web 3
          > create web 1, create web 2
          = SCALING | web:SCALING 3 [1]
        fails web 1 [one.template.instantiate] simulated failure 2
          = FAILED_SCALING | web:FAILED_SCALING 3 [1]
        fails web 2 [one.template.instantiate] simulated failure 2
        recover delete
          > terminate 1
          = UNDEPLOYING | web:UNDEPLOYING 3 [1]
        vm 1 DONE
          > read
          = UNDEPLOYING | web:DONE 3 []
        reads
          > delete document
          = UNDEPLOYING_NETS | web:DONE 3 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role web scaling up from 1 to 3 nodes | SCALING
            | E Role web : Instantiate failed for template 0; [one.template.instantiate] simulated failure 2 | FAILED_SCALING
            | E Role web : Instantiate failed for template 0; [one.template.instantiate] simulated failure 2 | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    // The original does not see the power-off.
    [Fact, Trait("Case", "lifecycle-50"), Trait("Defect", "B7"), Trait("Deviation", "states-follow-from-what-is")]
    public void B7_a_refused_scaling_does_not_end_the_watch() => ServiceScript.Play("""
        straight; web 2
          > create web 0, create web 1
          = DEPLOYING | web:DEPLOYING 2 []
        created
          = DEPLOYING | web:DEPLOYING 2 [1,2]
        vms RUNNING
          = RUNNING | web:RUNNING 2 [1,2]
        scale nope 3
          ! Role nope not found
        vm 1 POWEROFF
          = WARNING | web:WARNING 2 [1,2]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | WARNING
        """);

    [Fact, Trait("Case", "lifecycle-55")]
    public void A_termination_that_fails_fails_the_scaling_and_is_tried_again() => ServiceScript.Play("""
        straight; db 3
          > create db 0, create db 1, create db 2
          = DEPLOYING | db:DEPLOYING 3 []
        created
          = DEPLOYING | db:DEPLOYING 3 [1,2,3]
        vms RUNNING
          = RUNNING | db:RUNNING 3 [1,2,3]
        scale db 1
          > terminate 1, terminate 2
          = SCALING | db:SCALING 1 [1,2,3]
        accepted 1
        refused terminate 2 no
          > terminate-hard 2
        refused terminate-hard 2 [one.vm.action] simulated terminate failure
          > delete 2
        refused delete 2 simulated recover failure
          > read
          = FAILED_SCALING | db:FAILED_SCALING 1 [1,2,3]
        reads 1 SHUTDOWN, 2 RUNNING, 3 RUNNING
        vm 1 DONE
          = FAILED_SCALING | db:FAILED_SCALING 1 [2,3]
        recover
          > read, terminate 2
          = SCALING | db:SCALING 1 [2,3]
        reads 2 RUNNING, 3 RUNNING
        vm 2 DONE
          = COOLDOWN | db:COOLDOWN 1 [3]
        wait 1
          = RUNNING | db:RUNNING 1 [3]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role db scaling down from 3 to 1 nodes | SCALING
            | E Role db : Terminate failed for VM 2, will perform a Delete; [one.vm.action] simulated terminate failure
            | E Role db : Delete failed for VM 2; simulated recover failure | FAILED_SCALING | SCALING | COOLDOWN | RUNNING
        """);

    // The original wants -1 virtual machines from then on.
    [Fact, Trait("Case", "lifecycle-57"), Trait("Defect", "B9")]
    public void B9_force_does_not_allow_numbers_below_zero() => ServiceScript.Play("""
        straight; db 1
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        scale db -1 force
          ! Can't scale service 10: Minimum cardinality is 0
        scale db 0 force
          > terminate 1
          = SCALING | db:SCALING 0 [1]
        vm 1 DONE
          = COOLDOWN | db:COOLDOWN 0 []
        wait 1
          = RUNNING | db:RUNNING 0 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role db scaling down from 1 to 0 nodes | SCALING | COOLDOWN | RUNNING
        """);

    [Fact, Trait("Case", "lifecycle-54")]
    public void Recover_ends_a_cooldown() => ServiceScript.Play("""
        straight; db 1 cooldown 60
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        scale db 2
          > create db 1
          = SCALING | db:SCALING 2 [1]
        created
          = SCALING | db:SCALING 2 [1,2]
        vm 2 RUNNING
          = COOLDOWN | db:COOLDOWN 2 [1,2]
        recover
          > read
          = RUNNING | db:RUNNING 2 [1,2]
        reads 1 RUNNING, 2 RUNNING
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role db scaling up from 1 to 2 nodes | SCALING | COOLDOWN | RUNNING
        """);

    // The original does not see the power-off.
    [Fact, Trait("Case", "lifecycle-71"), Trait("Defect", "B7"), Trait("Deviation", "states-follow-from-what-is")]
    public void B7_after_recover_from_a_cooldown_the_watch_goes_on() => ServiceScript.Play("""
        straight; db 1 cooldown 60
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        scale db 2
          > create db 1
          = SCALING | db:SCALING 2 [1]
        created
          = SCALING | db:SCALING 2 [1,2]
        vm 2 RUNNING
          = COOLDOWN | db:COOLDOWN 2 [1,2]
        recover
          > read
          = RUNNING | db:RUNNING 2 [1,2]
        vm 1 POWEROFF
          = WARNING | db:WARNING 2 [1,2]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role db scaling up from 1 to 2 nodes | SCALING | COOLDOWN | RUNNING | WARNING
        """);

    // The original notices it after the cooldown.
    [Fact, Trait("Case", "lifecycle-66"), Trait("Deviation", "states-follow-from-what-is")]
    public void A_virtual_machine_that_goes_during_a_cooldown_is_noticed_at_once() => ServiceScript.Play("""
        straight; web 1 cooldown 2
          > create web 0
          = DEPLOYING | web:DEPLOYING 1 []
        created
          = DEPLOYING | web:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | web:RUNNING 1 [1]
        scale web 2
          > create web 1
          = SCALING | web:SCALING 2 [1]
        created
          = SCALING | web:SCALING 2 [1,2]
        vm 2 RUNNING
          = COOLDOWN | web:COOLDOWN 2 [1,2]
        vm 1 DONE
          = COOLDOWN | web:COOLDOWN 1 [2]
        wait 2
          = RUNNING | web:RUNNING 1 [2]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role web scaling up from 1 to 2 nodes | SCALING | COOLDOWN
            | I Role web scaling down from 2 to 1 nodes | RUNNING
        """);

    // The original orphans the virtual machine and deletes the document at the second request (B1).
    [Fact, Trait("Case", "lifecycle-53"), Trait("Deviation", "removal-is-always-granted")]
    public void What_a_running_service_does_not_need_is_refused() => ServiceScript.Play("""
        straight; db 1
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        recover
          ! Service cannot be recovered in state: RUNNING
        release
          ! Service has no roles in HOLD
        undeploy
          > terminate 1
          = UNDEPLOYING | db:UNDEPLOYING 1 [1]
        undeploy
        vm 1 DONE
          > read
          = UNDEPLOYING | db:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | db:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    // In the original the service stays in SCALING.
    [Fact, Trait("Deviation", "scaling-may-be-overtaken")]
    public void A_scaling_whose_virtual_machine_finds_no_host_can_be_taken_back() => ServiceScript.Play("""
        none; a 1
          > create a 0
          = DEPLOYING | a:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | a:RUNNING 1 [1]
        scale a 2
          > create a 1
          = SCALING | a:SCALING 2 [1]
        created
          = SCALING | a:SCALING 2 [1,2]
        vm 2 PENDING
        scale a 1
          > terminate 2
          = SCALING | a:SCALING 1 [1,2]
        vm 2 DONE
          = COOLDOWN | a:COOLDOWN 1 [1]
        wait 1
          = RUNNING | a:RUNNING 1 [1]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role a scaling up from 1 to 2 nodes | SCALING | I Role a scaling down from 2 to 1 nodes
            | COOLDOWN | RUNNING
        """);
}
