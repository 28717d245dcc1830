using OneEdge.Flow.Tests.Lifecycle.Scripts;

namespace OneEdge.Flow.Tests.Lifecycle;

/// <summary>A service goes when all of it is gone.</summary>
public sealed class RemovalTests
{
    // The original is in FAILED_UNDEPLOYING until the end; here the state follows.
    [Fact, Trait("Case", "lifecycle-26"), Trait("Deviation", "states-follow-from-what-is")]
    public void A_termination_is_asked_for_less_and_less_politely() => ServiceScript.Play("""
        straight; db 1; web 1 < db
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 [] ; web:PENDING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1] ; web:PENDING 1 []
        vm 1 RUNNING
          > create web 0
          = DEPLOYING | db:RUNNING 1 [1] ; web:DEPLOYING 1 []
        created
          = DEPLOYING | db:RUNNING 1 [1] ; web:DEPLOYING 1 [2]
        vm 2 RUNNING
          = RUNNING | db:RUNNING 1 [1] ; web:RUNNING 1 [2]
        undeploy
          > terminate 2
          = UNDEPLOYING | db:RUNNING 1 [1] ; web:UNDEPLOYING 1 [2]
        refused terminate 2 no
          > terminate-hard 2
        refused terminate-hard 2 no
          > delete 2
        refused delete 2 no
          > read
          = FAILED_UNDEPLOYING | db:RUNNING 1 [1] ; web:FAILED_UNDEPLOYING 1 [2]
        reads 1 RUNNING, 2 RUNNING
        recover
          > read, terminate 2
          = UNDEPLOYING | db:RUNNING 1 [1] ; web:UNDEPLOYING 1 [2]
        reads 1 RUNNING, 2 RUNNING
        vm 2 DONE
          > terminate 1
          = UNDEPLOYING | db:UNDEPLOYING 1 [1] ; web:DONE 1 []
        vm 1 DONE
          > read
          = UNDEPLOYING | db:DONE 1 [] ; web:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | db:DONE 1 [] ; web:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | E Role web : Terminate failed for VM 2, will perform a Delete; no
            | E Role web : Delete failed for VM 2; no | FAILED_UNDEPLOYING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    // The original deletes the document, and the virtual machine runs on.
    [Fact, Trait("Case", "lifecycle-27"), Trait("Defect", "B1"), Trait("Deviation", "nothing-is-left-behind")]
    public void B1_recover_with_delete_does_not_forget_what_could_not_be_terminated() => ServiceScript.Play("""
        straight; db 1
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        undeploy
          > terminate 1
          = UNDEPLOYING | db:UNDEPLOYING 1 [1]
        refused terminate 1 no
          > terminate-hard 1
        refused terminate-hard 1 no
          > delete 1
        refused delete 1 no
          > read
          = FAILED_UNDEPLOYING | db:FAILED_UNDEPLOYING 1 [1]
        reads 1 RUNNING
        recover delete
          > terminate 1
          = UNDEPLOYING | db:UNDEPLOYING 1 [1]
        vm 1 DONE
          > read
          = UNDEPLOYING | db:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | db:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | E Role db : Terminate failed for VM 1, will perform a Delete; no
            | E Role db : Delete failed for VM 1; no | FAILED_UNDEPLOYING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Case", "lifecycle-56"), Trait("Case", "trace-10")]
    public void The_shutdown_action_of_a_role_wins() => ServiceScript.Play("""
        none hard; a 1 soft; b 1
          > create a 0, create b 0
          = DEPLOYING | a:DEPLOYING 1 [] ; b:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1] ; b:DEPLOYING 1 [2]
        vms RUNNING
          = RUNNING | a:RUNNING 1 [1] ; b:RUNNING 1 [2]
        undeploy
          > terminate 1, terminate-hard 2
          = UNDEPLOYING | a:UNDEPLOYING 1 [1] ; b:UNDEPLOYING 1 [2]
        vm 1 DONE
          = UNDEPLOYING | a:DONE 1 [] ; b:UNDEPLOYING 1 [2]
        vm 2 DONE
          > read
          = UNDEPLOYING | a:DONE 1 [] ; b:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | a:DONE 1 [] ; b:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    // The original deletes the document at the second request: the parent and the network stay for ever.
    [Fact, Trait("Case", "lifecycle-59"), Trait("Defect", "B1"), Trait("Deviation", "removal-is-always-granted")]
    public void B1_to_undeploy_twice_loses_nothing() => ServiceScript.Play("""
        straight; db 1; web 1 < db; net Own
          > make Own
          = DEPLOYING_NETS | db:PENDING 1 [] ; web:PENDING 1 []
        net Own 101
        net 101 READY
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 [] ; web:PENDING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1] ; web:PENDING 1 []
        vm 1 RUNNING
          > create web 0
          = DEPLOYING | db:RUNNING 1 [1] ; web:DEPLOYING 1 []
        created
          = DEPLOYING | db:RUNNING 1 [1] ; web:DEPLOYING 1 [2]
        vm 2 RUNNING
          = RUNNING | db:RUNNING 1 [1] ; web:RUNNING 1 [2]
        undeploy
          > terminate 2
          = UNDEPLOYING | db:RUNNING 1 [1] ; web:UNDEPLOYING 1 [2]
        undeploy
        vm 2 DONE
          > terminate 1
          = UNDEPLOYING | db:UNDEPLOYING 1 [1] ; web:DONE 1 []
        vm 1 DONE
          > read
          = UNDEPLOYING | db:DONE 1 [] ; web:DONE 1 []
        reads
          > delete network 101
          = UNDEPLOYING_NETS | db:DONE 1 [] ; web:DONE 1 []
        net 101 DONE
          > delete document
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    // The original deletes the document before the virtual machine is gone.
    [Fact, Trait("Case", "lifecycle-68"), Trait("Defect", "B4"), Trait("Deviation", "halted-is-neither-up-nor-gone")]
    public void B4_a_virtual_machine_that_is_powered_off_is_not_gone() => ServiceScript.Play("""
        straight; db 1
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        vm 1 POWEROFF
          = WARNING | db:WARNING 1 [1]
        undeploy
          > terminate 1
          = UNDEPLOYING | db:UNDEPLOYING 1 [1]
        vm 1 POWEROFF
        vm 1 DONE
          > read
          = UNDEPLOYING | db:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | db:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | WARNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    // The original waits until somebody recovers the service, and asks as politely as before.
    [Fact, Trait("Case", "trace-23"), Trait("Deviation", "a-termination-is-repeated-less-politely")]
    public void A_virtual_machine_that_comes_back_is_terminated_again() => ServiceScript.Play("""
        none; a 1
          > create a 0
          = DEPLOYING | a:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | a:RUNNING 1 [1]
        undeploy
          > terminate 1
          = UNDEPLOYING | a:UNDEPLOYING 1 [1]
        accepted 1
        vm 1 SHUTDOWN
        vm 1 RUNNING
        wait 15
        lost
          > read
        reads 1 RUNNING
          > terminate-hard 1
        accepted 1
        vm 1 DONE
          > read
          = UNDEPLOYING | a:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | a:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact]
    public void A_virtual_machine_that_is_seen_to_run_right_after_its_termination_was_taken_on_has_not_come_back() => ServiceScript.Play("""
        none; a 1
          > create a 0
          = DEPLOYING | a:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | a:RUNNING 1 [1]
        undeploy
          > terminate 1
          = UNDEPLOYING | a:UNDEPLOYING 1 [1]
        accepted 1
        lost
          > read
        reads 1 RUNNING
        wait 14
        lost
          > read
        reads 1 RUNNING
        vm 1 SHUTDOWN
        vm 1 DONE
          > read
          = UNDEPLOYING | a:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | a:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Deviation", "a-termination-is-repeated-less-politely")]
    public void A_virtual_machine_that_fails_on_its_way_out_is_tried_again() => ServiceScript.Play("""
        none; a 1
          > create a 0
          = DEPLOYING | a:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | a:RUNNING 1 [1]
        undeploy
          > terminate 1
          = UNDEPLOYING | a:UNDEPLOYING 1 [1]
        vm 1 EPILOG_FAILURE
          = FAILED_UNDEPLOYING | a:FAILED_UNDEPLOYING 1 [1]
        recover
          > retry 1, read
        reads 1 EPILOG
          = UNDEPLOYING | a:UNDEPLOYING 1 [1]
        vm 1 DONE
          > read
          = UNDEPLOYING | a:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | a:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | FAILED_UNDEPLOYING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    // The original refuses in SCALING, COOLDOWN and all failed states.
    [Fact, Trait("Deviation", "removal-is-always-granted")]
    public void A_service_that_scales_can_go() => ServiceScript.Play("""
        none; a 1
          > create a 0
          = DEPLOYING | a:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | a:RUNNING 1 [1]
        scale a 3
          > create a 1, create a 2
          = SCALING | a:SCALING 3 [1]
        undeploy
          > terminate 1
          = UNDEPLOYING | a:UNDEPLOYING 3 [1]
        created
          > terminate 2, terminate 3
          = UNDEPLOYING | a:UNDEPLOYING 3 [1,2,3]
        vm 2 DONE
          = UNDEPLOYING | a:UNDEPLOYING 3 [1,3]
        vm 1 DONE
          = UNDEPLOYING | a:UNDEPLOYING 3 [3]
        vm 3 DONE
          > read
          = UNDEPLOYING | a:DONE 3 []
        reads
          > delete document
          = UNDEPLOYING_NETS | a:DONE 3 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role a scaling up from 1 to 3 nodes | SCALING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Deviation", "nothing-is-left-behind")]
    public void What_says_that_it_is_of_the_service_goes_with_it() => ServiceScript.Play("""
        none; a 1
          > create a 0
          = DEPLOYING | a:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | a:RUNNING 1 [1]
        lost
          > read
        reads 1 RUNNING, 9 RUNNING of a
        undeploy
          > terminate 1, terminate 9
          = UNDEPLOYING | a:UNDEPLOYING 1 [1,9]
        vm 1 DONE
          = UNDEPLOYING | a:UNDEPLOYING 1 [9]
        vm 9 DONE
          > read
          = UNDEPLOYING | a:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | a:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    // The original deletes the document as soon as the virtual machines of its roles are gone.
    [Fact, Trait("Defect", "B1"), Trait("Deviation", "nothing-is-left-behind")]
    public void B1_what_came_into_being_unnoticed_is_found_before_the_document_goes() => ServiceScript.Play("""
        none; a 1
          > create a 0
          = DEPLOYING | a:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | a:RUNNING 1 [1]
        undeploy
          > terminate 1
          = UNDEPLOYING | a:UNDEPLOYING 1 [1]
        vm 1 DONE
          > read
          = UNDEPLOYING | a:DONE 1 []
        reads 9 RUNNING of a
          > terminate 9
        vm 9 DONE
          > read
        reads
          > delete document
          = UNDEPLOYING_NETS | a:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact]
    public void A_document_that_could_not_be_deleted_is_deleted_again() => ServiceScript.Play("""
        none; a 1
          > create a 0
          = DEPLOYING | a:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | a:RUNNING 1 [1]
        undeploy
          > terminate 1
          = UNDEPLOYING | a:UNDEPLOYING 1 [1]
        vm 1 DONE
          > read
          = UNDEPLOYING | a:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | a:DONE 1 []
        document failed
          > delete document
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS | E The document could not be deleted; no answer
        """);

    // Seed 1230354 of the simulation: an older reading, come late, revived a service whose document was being deleted.
    [Fact]
    public void A_reading_that_comes_late_revives_nothing() => ServiceScript.Play("""
        none; a 1
          > create a 0
          = DEPLOYING | a:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | a:RUNNING 1 [1]
        undeploy
          > terminate 1
          = UNDEPLOYING | a:UNDEPLOYING 1 [1]
        vm 1 DONE
          > read
          = UNDEPLOYING | a:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | a:DONE 1 []
        reads 1 RUNNING
          = UNDEPLOYING_NETS | a:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);
}
