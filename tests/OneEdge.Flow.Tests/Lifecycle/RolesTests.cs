using OneEdge.Flow.Tests.Lifecycle.Scripts;

namespace OneEdge.Flow.Tests.Lifecycle;

/// <summary>Roles are added and removed.</summary>
public sealed class RolesTests
{
    [Fact, Trait("Case", "lifecycle-28")]
    public void Roles_are_added_to_a_running_service_and_the_last_one_takes_it_along() => ServiceScript.Play("""
        straight; db 1
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        add web 1
          > create web 0
          = DEPLOYING | db:RUNNING 1 [1] ; web:DEPLOYING 1 []
        add web 1
          ! Cannot modify roles in state: DEPLOYING
        created
          = DEPLOYING | db:RUNNING 1 [1] ; web:DEPLOYING 1 [2]
        vm 2 RUNNING
          = RUNNING | db:RUNNING 1 [1] ; web:RUNNING 1 [2]
        add web 1
          ! Role web already exists
        remove nope
          ! Role nope does not exist
        remove db
          > terminate 1
          = UNDEPLOYING | db:UNDEPLOYING 1 [1] ; web:RUNNING 1 [2]
        vm 1 DONE
          = RUNNING | web:RUNNING 1 [2]
        remove web
          > terminate 2
          = UNDEPLOYING | web:UNDEPLOYING 1 [2]
        vm 2 DONE
          > read
          = UNDEPLOYING
        reads
          > delete document
          = UNDEPLOYING_NETS
        log DEPLOYING_NETS | DEPLOYING | RUNNING | DEPLOYING | RUNNING | UNDEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Case", "trace-13"), Trait("Deviation", "added-roles-have-parents")]
    public void An_added_role_comes_after_its_parents_and_the_rest_goes_on_without_a_removed_one() => ServiceScript.Play("""
        straight; a 1
          > create a 0
          = DEPLOYING | a:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | a:RUNNING 1 [1]
        add b 2 < a
          > create b 0, create b 1
          = DEPLOYING | a:RUNNING 1 [1] ; b:DEPLOYING 2 []
        created
          = DEPLOYING | a:RUNNING 1 [1] ; b:DEPLOYING 2 [2,3]
        vms RUNNING
          = RUNNING | a:RUNNING 1 [1] ; b:RUNNING 2 [2,3]
        add c 1
          > create c 0
          = DEPLOYING | a:RUNNING 1 [1] ; b:RUNNING 2 [2,3] ; c:DEPLOYING 1 []
        created
          = DEPLOYING | a:RUNNING 1 [1] ; b:RUNNING 2 [2,3] ; c:DEPLOYING 1 [4]
        vms RUNNING
          = RUNNING | a:RUNNING 1 [1] ; b:RUNNING 2 [2,3] ; c:RUNNING 1 [4]
        add a 1
          ! Role a already exists
        remove zzz
          ! Role zzz does not exist
        add d 1
          > create d 0
          = DEPLOYING | a:RUNNING 1 [1] ; b:RUNNING 2 [2,3] ; c:RUNNING 1 [4] ; d:DEPLOYING 1 []
        created
          = DEPLOYING | a:RUNNING 1 [1] ; b:RUNNING 2 [2,3] ; c:RUNNING 1 [4] ; d:DEPLOYING 1 [5]
        vms RUNNING
          = RUNNING | a:RUNNING 1 [1] ; b:RUNNING 2 [2,3] ; c:RUNNING 1 [4] ; d:RUNNING 1 [5]
        remove b
          > terminate 2, terminate 3
          = UNDEPLOYING | a:RUNNING 1 [1] ; b:UNDEPLOYING 2 [2,3] ; c:RUNNING 1 [4] ; d:RUNNING 1 [5]
        vm 2 DONE
          = UNDEPLOYING | a:RUNNING 1 [1] ; b:UNDEPLOYING 2 [3] ; c:RUNNING 1 [4] ; d:RUNNING 1 [5]
        vm 3 DONE
          = RUNNING | a:RUNNING 1 [1] ; c:RUNNING 1 [4] ; d:RUNNING 1 [5]
        undeploy
          > terminate 1, terminate 4, terminate 5
          = UNDEPLOYING | a:UNDEPLOYING 1 [1] ; c:UNDEPLOYING 1 [4] ; d:UNDEPLOYING 1 [5]
        vm 1 DONE
          = UNDEPLOYING | a:DONE 1 [] ; c:UNDEPLOYING 1 [4] ; d:UNDEPLOYING 1 [5]
        vm 4 DONE
          = UNDEPLOYING | a:DONE 1 [] ; c:DONE 1 [] ; d:UNDEPLOYING 1 [5]
        vm 5 DONE
          > read
          = UNDEPLOYING | a:DONE 1 [] ; c:DONE 1 [] ; d:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | a:DONE 1 [] ; c:DONE 1 [] ; d:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | DEPLOYING | RUNNING | DEPLOYING | RUNNING | DEPLOYING | RUNNING | UNDEPLOYING | RUNNING
            | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Case", "trace-25")]
    public void A_failure_of_an_added_role_is_tried_again() => ServiceScript.Play("""
        none; a 1
          > create a 0
          = DEPLOYING | a:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | a:RUNNING 1 [1]
        add b 1
          > create b 0
          = DEPLOYING | a:RUNNING 1 [1] ; b:DEPLOYING 1 []
        created
          = DEPLOYING | a:RUNNING 1 [1] ; b:DEPLOYING 1 [2]
        vm 2 BOOT_FAILURE
          = FAILED_DEPLOYING | a:RUNNING 1 [1] ; b:FAILED_DEPLOYING 1 [2]
        recover
          > retry 2, read
          = DEPLOYING | a:RUNNING 1 [1] ; b:DEPLOYING 1 [2]
        reads 1 RUNNING, 2 BOOT
        vm 2 RUNNING
          = RUNNING | a:RUNNING 1 [1] ; b:RUNNING 1 [2]
        undeploy
          > terminate 1, terminate 2
          = UNDEPLOYING | a:UNDEPLOYING 1 [1] ; b:UNDEPLOYING 1 [2]
        vm 1 DONE
          = UNDEPLOYING | a:DONE 1 [] ; b:UNDEPLOYING 1 [2]
        vm 2 DONE
          > read
          = UNDEPLOYING | a:DONE 1 [] ; b:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | a:DONE 1 [] ; b:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | DEPLOYING | FAILED_DEPLOYING | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    // The original stays in DEPLOYING_NETS and refuses to undeploy.
    // Templates with cycles are refused (ServiceTemplateTests); services of the original may have them.
    [Fact, Trait("Case", "lifecycle-32"), Trait("Defect", "B6"), Trait("Deviation", "roles-that-wait-for-ever-have-failed")]
    public void B6_roles_that_wait_for_each_other_are_said_to_have_failed_and_can_go() => ServiceScript.Play("""
        straight; a 1 < b; b 1 < a
          = FAILED_DEPLOYING | a:PENDING 1 [] ; b:PENDING 1 []
        undeploy
          > read
          = UNDEPLOYING | a:DONE 1 [] ; b:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | a:DONE 1 [] ; b:DONE 1 []
        log DEPLOYING_NETS | E Role a cannot be deployed: it comes after b, which will never run
            | E Role b cannot be deployed: it comes after a, which will never run | FAILED_DEPLOYING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Defect", "B6"), Trait("Deviation", "roles-that-wait-for-ever-have-failed")]
    public void B6_a_role_whose_parent_is_not_there_can_be_removed() => ServiceScript.Play("""
        straight; a 1; b 1 < nobody
          > create a 0
          = DEPLOYING | a:DEPLOYING 1 [] ; b:PENDING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1] ; b:PENDING 1 []
        vm 1 RUNNING
          = FAILED_DEPLOYING | a:RUNNING 1 [1] ; b:PENDING 1 []
        remove b
          = RUNNING | a:RUNNING 1 [1]
        log DEPLOYING_NETS | DEPLOYING | E Role b cannot be deployed: it comes after nobody, which will never run | FAILED_DEPLOYING | RUNNING
        """);

    [Fact, Trait("Defect", "B6"), Trait("Deviation", "roles-that-wait-for-ever-have-failed")]
    public void B6_a_role_with_an_unknown_parent_is_not_added() => ServiceScript.Play("""
        straight; a 1
          > create a 0
          = DEPLOYING | a:DEPLOYING 1 []
        created
          = DEPLOYING | a:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | a:RUNNING 1 [1]
        add b 1 < nobody
          ! Role b has the parent nobody, which does not exist
        log DEPLOYING_NETS | DEPLOYING | RUNNING
        """);

    // The original removes roles of a service in RUNNING only.
    [Fact, Trait("Deviation", "failed-roles-can-be-removed")]
    public void A_role_that_cannot_be_deployed_can_be_removed() => ServiceScript.Play("""
        none; a 1; b 1
          > create a 0, create b 0
          = DEPLOYING | a:DEPLOYING 1 [] ; b:DEPLOYING 1 []
        created a 0
          = DEPLOYING | a:DEPLOYING 1 [1] ; b:DEPLOYING 1 []
        fails b 0 no such template
          = FAILED_DEPLOYING | a:DEPLOYING 1 [1] ; b:FAILED_DEPLOYING 1 []
        vm 1 RUNNING
          = FAILED_DEPLOYING | a:RUNNING 1 [1] ; b:FAILED_DEPLOYING 1 []
        remove b
          = RUNNING | a:RUNNING 1 [1]
        log DEPLOYING_NETS | DEPLOYING | E Role b : Instantiate failed for template 0; no such template | FAILED_DEPLOYING | RUNNING
        """);

    [Fact, Trait("Deviation", "what-exists-is-found-again")]
    public void What_is_found_of_a_role_that_is_removed_goes_with_it() => ServiceScript.Play("""
        none; a 1; b 2
          > create a 0, create b 0, create b 1
          = DEPLOYING | a:DEPLOYING 1 [] ; b:DEPLOYING 2 []
        created a 0
          = DEPLOYING | a:DEPLOYING 1 [1] ; b:DEPLOYING 2 []
        vm 1 RUNNING
          = DEPLOYING | a:RUNNING 1 [1] ; b:DEPLOYING 2 []
        created b 0
          = DEPLOYING | a:RUNNING 1 [1] ; b:DEPLOYING 2 [2]
        fails b 1 no room
          = FAILED_DEPLOYING | a:RUNNING 1 [1] ; b:FAILED_DEPLOYING 2 [2]
        recover
          > read, create b 2
          = DEPLOYING | a:RUNNING 1 [1] ; b:DEPLOYING 2 [2]
        reads 1 RUNNING, 2 PENDING
        unsure b 2
          > read
        reads 1 RUNNING, 2 RUNNING
          > create b 3
        fails b 3 no room
          = FAILED_DEPLOYING | a:RUNNING 1 [1] ; b:FAILED_DEPLOYING 2 [2]
        remove b
          > terminate 2
          = UNDEPLOYING | a:RUNNING 1 [1] ; b:UNDEPLOYING 2 [2]
        lost
          > read
        reads 1 RUNNING, 2 SHUTDOWN, 9 RUNNING of b
          > terminate 9
          = UNDEPLOYING | a:RUNNING 1 [1] ; b:UNDEPLOYING 2 [2,9]
        vm 2 DONE
          = UNDEPLOYING | a:RUNNING 1 [1] ; b:UNDEPLOYING 2 [9]
        vm 9 DONE
          = RUNNING | a:RUNNING 1 [1]
        log DEPLOYING_NETS | DEPLOYING | E Role b : Instantiate failed for template 0; no room | FAILED_DEPLOYING | DEPLOYING
            | E Role b : Instantiate failed for template 0; no room | FAILED_DEPLOYING | UNDEPLOYING | RUNNING
        """);

    // Seed 8480 of the simulation: the added role waited for ever for one that was gone.
    [Fact]
    public void A_role_that_is_being_removed_is_nobodys_parent() => ServiceScript.Play("""
        {"name":"svc","deployment":"straight","state":2,"start_time":1,"roles":[
          {"name":"db","vm_template":0,"cardinality":1,"cooldown":1,"state":2,"nodes":[{"deploy_id":1}]}]}
          > read
          = RUNNING | db:RUNNING 1 [1]
        remove db
          = RUNNING | db:RUNNING 1 [1]
        add web 1 < db
          ! Role web has the parent db, which is being removed
        """);
}
