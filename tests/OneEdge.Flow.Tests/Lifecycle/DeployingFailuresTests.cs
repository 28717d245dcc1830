using OneEdge.Flow.Tests.Lifecycle.Scripts;

namespace OneEdge.Flow.Tests.Lifecycle;

/// <summary>What does not come up.</summary>
public sealed class DeployingFailuresTests
{
    // The original is RUNNING before the failed one is (B2), then in WARNING.
    [Fact, Trait("Case", "lifecycle-07"), Trait("Deviation", "failures-are-no-success")]
    public void A_failure_ends_the_deployment_and_recover_tries_it_again() => ServiceScript.Play("""
        straight; web 2
          > create web 0, create web 1
          = DEPLOYING | web:DEPLOYING 2 []
        created
          = DEPLOYING | web:DEPLOYING 2 [1,2]
        vm 2 BOOT_FAILURE
          = FAILED_DEPLOYING | web:FAILED_DEPLOYING 2 [1,2]
        vm 1 RUNNING
        recover
          > retry 2, read
          = DEPLOYING | web:DEPLOYING 2 [1,2]
        reads 1 RUNNING, 2 BOOT
        vm 2 RUNNING
          = RUNNING | web:RUNNING 2 [1,2]
        log DEPLOYING_NETS | DEPLOYING | FAILED_DEPLOYING | DEPLOYING | RUNNING
        """);

    // The original: RUNNING, because nothing is left to wait for, then WARNING.
    [Fact, Trait("Case", "lifecycle-08"), Trait("Defect", "B2"), Trait("Deviation", "failures-are-no-success")]
    public void B2_a_failed_virtual_machine_is_no_success() => ServiceScript.Play("""
        straight; web 1
          > create web 0
          = DEPLOYING | web:DEPLOYING 1 []
        created
          = DEPLOYING | web:DEPLOYING 1 [1]
        vm 1 BOOT_FAILURE
          = FAILED_DEPLOYING | web:FAILED_DEPLOYING 1 [1]
        log DEPLOYING_NETS | DEPLOYING | FAILED_DEPLOYING
        """);

    [Fact, Trait("Case", "lifecycle-09"), Trait("Deviation", "creations-are-ordered-at-once")]
    public void After_a_refused_creation_recover_creates_what_is_missing() => ServiceScript.Play("""
        straight; web 3
          > create web 0, create web 1, create web 2
          = DEPLOYING | web:DEPLOYING 3 []
        created web 0
          = DEPLOYING | web:DEPLOYING 3 [1]
        fails web 1 [one.template.instantiate] simulated failure 2
          = FAILED_DEPLOYING | web:FAILED_DEPLOYING 3 [1]
        created
          = FAILED_DEPLOYING | web:FAILED_DEPLOYING 3 [1,2]
        vms RUNNING
        recover
          > read, create web 3
          = DEPLOYING | web:DEPLOYING 3 [1,2]
        created
          = DEPLOYING | web:DEPLOYING 3 [1,2,3]
        vms RUNNING
          = RUNNING | web:RUNNING 3 [1,2,3]
        log DEPLOYING_NETS | DEPLOYING | E Role web : Instantiate failed for template 0; [one.template.instantiate] simulated failure 2
            | FAILED_DEPLOYING | DEPLOYING | RUNNING
        """);

    // The original terminates nothing of a role with one of three virtual machines, and deletes the document.
    [Fact, Trait("Case", "lifecycle-10"), Trait("Defect", "B1"), Trait("Deviation", "nothing-is-left-behind")]
    public void B1_what_was_created_before_a_failure_is_terminated() => ServiceScript.Play("""
        straight; web 3
          > create web 0, create web 1, create web 2
          = DEPLOYING | web:DEPLOYING 3 []
        created web 0
          = DEPLOYING | web:DEPLOYING 3 [1]
        fails web 1 [one.template.instantiate] simulated failure 2
          = FAILED_DEPLOYING | web:FAILED_DEPLOYING 3 [1]
        fails web 2 [one.template.instantiate] simulated failure 3
        vm 1 RUNNING
        recover delete
          > terminate 1
          = UNDEPLOYING | web:UNDEPLOYING 3 [1]
        vm 1 DONE
          > read
          = UNDEPLOYING | web:DONE 3 []
        reads
          > delete document
          = UNDEPLOYING_NETS | web:DONE 3 []
        log DEPLOYING_NETS | DEPLOYING | E Role web : Instantiate failed for template 0; [one.template.instantiate] simulated failure 2
            | FAILED_DEPLOYING | E Role web : Instantiate failed for template 0; [one.template.instantiate] simulated failure 3 | UNDEPLOYING
            | UNDEPLOYING_NETS
        """);

    // The original leaves the second one behind.
    [Fact, Trait("Case", "lifecycle-11"), Trait("Defect", "B1"), Trait("Deviation", "nothing-is-left-behind")]
    public void B1_all_that_was_created_before_a_failure_is_terminated() => ServiceScript.Play("""
        straight; web 3
          > create web 0, create web 1, create web 2
          = DEPLOYING | web:DEPLOYING 3 []
        created web 0
          = DEPLOYING | web:DEPLOYING 3 [1]
        created web 1
          = DEPLOYING | web:DEPLOYING 3 [1,2]
        fails web 2 [one.template.instantiate] simulated failure 3
          = FAILED_DEPLOYING | web:FAILED_DEPLOYING 3 [1,2]
        vms RUNNING
        recover delete
          > terminate 1, terminate 2
          = UNDEPLOYING | web:UNDEPLOYING 3 [1,2]
        vm 1 DONE
          = UNDEPLOYING | web:UNDEPLOYING 3 [2]
        vm 2 DONE
          > read
          = UNDEPLOYING | web:DONE 3 []
        reads
          > delete document
          = UNDEPLOYING_NETS | web:DONE 3 []
        log DEPLOYING_NETS | DEPLOYING | E Role web : Instantiate failed for template 0; [one.template.instantiate] simulated failure 3
            | FAILED_DEPLOYING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    // The original: RUNNING.
    [Fact, Trait("Case", "lifecycle-23"), Trait("Defect", "B4"), Trait("Deviation", "halted-is-neither-up-nor-gone")]
    public void B4_a_virtual_machine_that_is_suspended_is_not_deployed() => ServiceScript.Play("""
        straight; db 1
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        vm 1 SUSPENDED
          = WARNING | db:WARNING 1 [1]
        recover
          > resume 1, read
          = DEPLOYING | db:DEPLOYING 1 [1]
        reads 1 BOOT_SUSPENDED
        vm 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        log DEPLOYING_NETS | DEPLOYING | WARNING | DEPLOYING | RUNNING
        """);

    [Fact, Trait("Case", "lifecycle-51")]
    public void A_failure_of_one_role_does_not_stop_the_others() => ServiceScript.Play("""
        none; db 1; web 1
          > create db 0, create web 0
          = DEPLOYING | db:DEPLOYING 1 [] ; web:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1] ; web:DEPLOYING 1 [2]
        vm 1 BOOT_FAILURE
          = FAILED_DEPLOYING | db:FAILED_DEPLOYING 1 [1] ; web:DEPLOYING 1 [2]
        vm 2 RUNNING
          = FAILED_DEPLOYING | db:FAILED_DEPLOYING 1 [1] ; web:RUNNING 1 [2]
        log DEPLOYING_NETS | DEPLOYING | FAILED_DEPLOYING
        """);

    // The original answers that all is well, and waits for ever for a virtual machine without an id.
    [Fact, Trait("Case", "lifecycle-64"), Trait("Defect", "B24"), Trait("Deviation", "recover-may-fail-again")]
    public void B24_recover_that_fails_again_can_be_repeated() => ServiceScript.Play("""
        straight; web 2
          > create web 0, create web 1
          = DEPLOYING | web:DEPLOYING 2 []
        fails web 0 [one.template.instantiate] simulated failure 1
          = FAILED_DEPLOYING | web:FAILED_DEPLOYING 2 []
        fails web 1 [one.template.instantiate] simulated failure 1
        recover
          > read, create web 2, create web 3
          = DEPLOYING | web:DEPLOYING 2 []
        reads
        fails web 2 [one.template.instantiate] simulated failure 2
          = FAILED_DEPLOYING | web:FAILED_DEPLOYING 2 []
        fails web 3 [one.template.instantiate] simulated failure 2
        recover
          > read, create web 4, create web 5
          = DEPLOYING | web:DEPLOYING 2 []
        created
          = DEPLOYING | web:DEPLOYING 2 [1,2]
        reads 1 PENDING, 2 PENDING
        vms RUNNING
          = RUNNING | web:RUNNING 2 [1,2]
        log DEPLOYING_NETS | DEPLOYING | E Role web : Instantiate failed for template 0; [one.template.instantiate] simulated failure 1
            | FAILED_DEPLOYING | E Role web : Instantiate failed for template 0; [one.template.instantiate] simulated failure 1 | DEPLOYING
            | E Role web : Instantiate failed for template 0; [one.template.instantiate] simulated failure 2 | FAILED_DEPLOYING
            | E Role web : Instantiate failed for template 0; [one.template.instantiate] simulated failure 2 | DEPLOYING | RUNNING
        """);

    [Fact, Trait("Case", "trace-09")]
    public void A_failed_service_is_removed_by_recover_with_delete() => ServiceScript.Play("""
        none; a 1; b 1
          > create a 0, create b 0
          = DEPLOYING | a:DEPLOYING 1 [] ; b:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1] ; b:DEPLOYING 1 [2]
        vm 1 BOOT_FAILURE
          = FAILED_DEPLOYING | a:FAILED_DEPLOYING 1 [1] ; b:DEPLOYING 1 [2]
        vm 2 BOOT_FAILURE
          = FAILED_DEPLOYING | a:FAILED_DEPLOYING 1 [1] ; b:FAILED_DEPLOYING 1 [2]
        recover delete
          > terminate 1, terminate 2
          = UNDEPLOYING | a:UNDEPLOYING 1 [1] ; b:UNDEPLOYING 1 [2]
        vm 1 CLEANUP_DELETE
        vm 1 DONE
          = UNDEPLOYING | a:DONE 1 [] ; b:UNDEPLOYING 1 [2]
        vm 2 CLEANUP_DELETE
        vm 2 DONE
          > read
          = UNDEPLOYING | a:DONE 1 [] ; b:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | a:DONE 1 [] ; b:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | FAILED_DEPLOYING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    // The original does not begin c before the service is recovered.
    [Fact, Trait("Case", "trace-19"), Trait("Deviation", "creations-are-ordered-at-once")]
    public void A_template_that_is_missing_fails_its_role_only() => ServiceScript.Play("""
        none; a 1; b 1; c 1
          > create a 0, create b 0, create c 0
          = DEPLOYING | a:DEPLOYING 1 [] ; b:DEPLOYING 1 [] ; c:DEPLOYING 1 []
        created a 0
          = DEPLOYING | a:DEPLOYING 1 [1] ; b:DEPLOYING 1 [] ; c:DEPLOYING 1 []
        fails b 0 [one.template.instantiate] Error getting virtual machine template [9999].
          = FAILED_DEPLOYING | a:DEPLOYING 1 [1] ; b:FAILED_DEPLOYING 1 [] ; c:DEPLOYING 1 []
        created c 0
          = FAILED_DEPLOYING | a:DEPLOYING 1 [1] ; b:FAILED_DEPLOYING 1 [] ; c:DEPLOYING 1 [2]
        vm 1 RUNNING
          = FAILED_DEPLOYING | a:RUNNING 1 [1] ; b:FAILED_DEPLOYING 1 [] ; c:DEPLOYING 1 [2]
        vm 2 RUNNING
          = FAILED_DEPLOYING | a:RUNNING 1 [1] ; b:FAILED_DEPLOYING 1 [] ; c:RUNNING 1 [2]
        recover
          > read, create b 1
          = DEPLOYING | a:RUNNING 1 [1] ; b:DEPLOYING 1 [] ; c:RUNNING 1 [2]
        reads 1 RUNNING, 2 RUNNING
        fails b 1 [one.template.instantiate] Error getting virtual machine template [9999].
          = FAILED_DEPLOYING | a:RUNNING 1 [1] ; b:FAILED_DEPLOYING 1 [] ; c:RUNNING 1 [2]
        recover delete
          > terminate 1, terminate 2
          = UNDEPLOYING | a:UNDEPLOYING 1 [1] ; b:DONE 1 [] ; c:UNDEPLOYING 1 [2]
        vm 1 DONE
          = UNDEPLOYING | a:DONE 1 [] ; b:DONE 1 [] ; c:UNDEPLOYING 1 [2]
        vm 2 DONE
          > read
          = UNDEPLOYING | a:DONE 1 [] ; b:DONE 1 [] ; c:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | a:DONE 1 [] ; b:DONE 1 [] ; c:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING
            | E Role b : Instantiate failed for template 0; [one.template.instantiate] Error getting virtual machine template [9999].
            | FAILED_DEPLOYING | DEPLOYING
            | E Role b : Instantiate failed for template 0; [one.template.instantiate] Error getting virtual machine template [9999].
            | FAILED_DEPLOYING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Case", "trace-26"), Trait("Deviation", "halted-is-neither-up-nor-gone")]
    public void A_virtual_machine_that_is_powered_off_on_its_way_is_waited_for() => ServiceScript.Play("""
        none; a 1
          > create a 0
          = DEPLOYING | a:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1]
        vm 1 POWEROFF
          = WARNING | a:WARNING 1 [1]
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
        log DEPLOYING_NETS | DEPLOYING | WARNING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    // The original does not know the state and waits for ever.
    [Fact, Trait("Deviation", "failures-are-no-success")]
    public void A_failure_of_cloning_is_a_failure() => ServiceScript.Play("""
        none; a 1
          > create a 0
          = DEPLOYING | a:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1]
        vm 1 CLONING_FAILURE
          = FAILED_DEPLOYING | a:FAILED_DEPLOYING 1 [1]
        recover
          > retry 1, read
          = DEPLOYING | a:DEPLOYING 1 [1]
        reads 1 CLONING
        vm 1 RUNNING
          = RUNNING | a:RUNNING 1 [1]
        log DEPLOYING_NETS | DEPLOYING | FAILED_DEPLOYING | DEPLOYING | RUNNING
        """);

    [Fact, Trait("Deviation", "force-gives-up")]
    public void Recover_with_force_is_content_with_what_came_up() => ServiceScript.Play("""
        none; a 3
          > create a 0, create a 1, create a 2
          = DEPLOYING | a:DEPLOYING 3 []
        created
          = DEPLOYING | a:DEPLOYING 3 [1,2,3]
        vm 1 RUNNING
        vm 2 BOOT_FAILURE
          = FAILED_DEPLOYING | a:FAILED_DEPLOYING 3 [1,2,3]
        recover force
          > delete 2, delete 3, read
          = DEPLOYING | a:DEPLOYING 1 [1,2,3]
        vm 2 DONE
          = DEPLOYING | a:DEPLOYING 1 [1,3]
        vm 3 DONE
          = RUNNING | a:RUNNING 1 [1]
        reads 1 RUNNING
        log DEPLOYING_NETS | DEPLOYING | FAILED_DEPLOYING | DEPLOYING | RUNNING
        """);

    [Fact, Trait("Deviation", "what-exists-is-found-again")]
    public void Nothing_more_is_created_while_a_virtual_machine_may_exist() => ServiceScript.Play("""
        none; a 3
          > create a 0, create a 1, create a 2
          = DEPLOYING | a:DEPLOYING 3 []
        created a 0
          = DEPLOYING | a:DEPLOYING 3 [1]
        fails a 1 no room
          = FAILED_DEPLOYING | a:FAILED_DEPLOYING 3 [1]
        unsure a 2
          > read
        recover
          > read
        vm 1 RUNNING
        reads 1 RUNNING, 9 PENDING of a
          > create a 4
          = DEPLOYING | a:DEPLOYING 3 [1,9]
        created
          = DEPLOYING | a:DEPLOYING 3 [1,9,2]
        vms RUNNING
          = RUNNING | a:RUNNING 3 [1,9,2]
        log DEPLOYING_NETS | DEPLOYING | E Role a : Instantiate failed for template 0; no room | FAILED_DEPLOYING | W Role a : VM 9 was found again
            | DEPLOYING | RUNNING
        """);
}
