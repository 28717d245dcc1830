using OneEdge.Flow.Tests.Lifecycle.Scripts;

namespace OneEdge.Flow.Tests.Lifecycle;

/// <summary>Roles come up in their order, and go in the opposite one.</summary>
public sealed class DeployingTests
{
    [Fact, Trait("Case", "lifecycle-01"), Trait("Case", "trace-01")]
    public void Parents_come_before_their_children_and_go_after_them() => ServiceScript.Play("""
        straight; db 1; web 2 < db
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 [] ; web:PENDING 2 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1] ; web:PENDING 2 []
        vm 1 RUNNING
          > create web 0, create web 1
          = DEPLOYING | db:RUNNING 1 [1] ; web:DEPLOYING 2 []
        created
          = DEPLOYING | db:RUNNING 1 [1] ; web:DEPLOYING 2 [2,3]
        vm 3 RUNNING
        vm 2 RUNNING
          = RUNNING | db:RUNNING 1 [1] ; web:RUNNING 2 [2,3]
        undeploy
          > terminate 2, terminate 3
          = UNDEPLOYING | db:RUNNING 1 [1] ; web:UNDEPLOYING 2 [2,3]
        accepted 2
        accepted 3
        vm 2 SHUTDOWN
        vm 2 DONE
          = UNDEPLOYING | db:RUNNING 1 [1] ; web:UNDEPLOYING 2 [3]
        vm 3 DONE
          > terminate 1
          = UNDEPLOYING | db:UNDEPLOYING 1 [1] ; web:DONE 2 []
        vm 1 DONE
          > read
          = UNDEPLOYING | db:DONE 1 [] ; web:DONE 2 []
        reads
          > delete document
          = UNDEPLOYING_NETS | db:DONE 1 [] ; web:DONE 2 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Case", "lifecycle-02"), Trait("Case", "trace-02")]
    public void Without_a_strategy_all_roles_come_and_go_at_once() => ServiceScript.Play("""
        none; db 1; web 2 < db
          > create db 0, create web 0, create web 1
          = DEPLOYING | db:DEPLOYING 1 [] ; web:DEPLOYING 2 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1] ; web:DEPLOYING 2 [2,3]
        vm 3 RUNNING
        vm 1 RUNNING
          = DEPLOYING | db:RUNNING 1 [1] ; web:DEPLOYING 2 [2,3]
        vm 2 RUNNING
          = RUNNING | db:RUNNING 1 [1] ; web:RUNNING 2 [2,3]
        undeploy
          > terminate 1, terminate 2, terminate 3
          = UNDEPLOYING | db:UNDEPLOYING 1 [1] ; web:UNDEPLOYING 2 [2,3]
        vm 1 DONE
          = UNDEPLOYING | db:DONE 1 [] ; web:UNDEPLOYING 2 [2,3]
        vm 2 DONE
          = UNDEPLOYING | db:DONE 1 [] ; web:UNDEPLOYING 2 [3]
        vm 3 DONE
          > read
          = UNDEPLOYING | db:DONE 1 [] ; web:DONE 2 []
        reads
          > delete document
          = UNDEPLOYING_NETS | db:DONE 1 [] ; web:DONE 2 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Case", "trace-03")]
    public void A_role_waits_for_all_its_parents() => ServiceScript.Play("""
        straight; frontend 1 < mysql,kvm,nfs; nfs 1; mysql 1; kvm 1 < nfs
          > create nfs 0, create mysql 0
          = DEPLOYING | frontend:PENDING 1 [] ; nfs:DEPLOYING 1 [] ; mysql:DEPLOYING 1 [] ; kvm:PENDING 1 []
        created
          = DEPLOYING | frontend:PENDING 1 [] ; nfs:DEPLOYING 1 [1] ; mysql:DEPLOYING 1 [2] ; kvm:PENDING 1 []
        vm 1 RUNNING
          > create kvm 0
          = DEPLOYING | frontend:PENDING 1 [] ; nfs:RUNNING 1 [1] ; mysql:DEPLOYING 1 [2] ; kvm:DEPLOYING 1 []
        vm 2 RUNNING
          = DEPLOYING | frontend:PENDING 1 [] ; nfs:RUNNING 1 [1] ; mysql:RUNNING 1 [2] ; kvm:DEPLOYING 1 []
        created
          = DEPLOYING | frontend:PENDING 1 [] ; nfs:RUNNING 1 [1] ; mysql:RUNNING 1 [2] ; kvm:DEPLOYING 1 [3]
        vm 3 RUNNING
          > create frontend 0
          = DEPLOYING | frontend:DEPLOYING 1 [] ; nfs:RUNNING 1 [1] ; mysql:RUNNING 1 [2] ; kvm:RUNNING 1 [3]
        created
          = DEPLOYING | frontend:DEPLOYING 1 [4] ; nfs:RUNNING 1 [1] ; mysql:RUNNING 1 [2] ; kvm:RUNNING 1 [3]
        vm 4 RUNNING
          = RUNNING | frontend:RUNNING 1 [4] ; nfs:RUNNING 1 [1] ; mysql:RUNNING 1 [2] ; kvm:RUNNING 1 [3]
        undeploy
          > terminate 4
          = UNDEPLOYING | frontend:UNDEPLOYING 1 [4] ; nfs:RUNNING 1 [1] ; mysql:RUNNING 1 [2] ; kvm:RUNNING 1 [3]
        vm 4 DONE
          > terminate 2, terminate 3
          = UNDEPLOYING | frontend:DONE 1 [] ; nfs:RUNNING 1 [1] ; mysql:UNDEPLOYING 1 [2] ; kvm:UNDEPLOYING 1 [3]
        vm 3 DONE
          > terminate 1
          = UNDEPLOYING | frontend:DONE 1 [] ; nfs:UNDEPLOYING 1 [1] ; mysql:UNDEPLOYING 1 [2] ; kvm:DONE 1 []
        vm 2 DONE
          = UNDEPLOYING | frontend:DONE 1 [] ; nfs:UNDEPLOYING 1 [1] ; mysql:DONE 1 [] ; kvm:DONE 1 []
        vm 1 DONE
          > read
          = UNDEPLOYING | frontend:DONE 1 [] ; nfs:DONE 1 [] ; mysql:DONE 1 [] ; kvm:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | frontend:DONE 1 [] ; nfs:DONE 1 [] ; mysql:DONE 1 [] ; kvm:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Case", "lifecycle-25")]
    public void States_that_were_only_read_do_as_well_as_events() => ServiceScript.Play("""
        straight; db 1
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        lost
          > read
        reads 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        undeploy
          > terminate 1
          = UNDEPLOYING | db:UNDEPLOYING 1 [1]
        lost
          > read
        reads 1 DONE
          > read
          = UNDEPLOYING | db:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | db:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Case", "lifecycle-30"), Trait("Case", "trace-18")]
    public void A_role_without_virtual_machines_is_deployed_at_once() => ServiceScript.Play("""
        straight; db 0; web 1 < db
          > create web 0
          = DEPLOYING | db:RUNNING 0 [] ; web:DEPLOYING 1 []
        created
          = DEPLOYING | db:RUNNING 0 [] ; web:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | db:RUNNING 0 [] ; web:RUNNING 1 [1]
        scale db 1
          > create db 0
          = SCALING | db:SCALING 1 [] ; web:RUNNING 1 [1]
        created
          = SCALING | db:SCALING 1 [2] ; web:RUNNING 1 [1]
        vm 2 RUNNING
          = COOLDOWN | db:COOLDOWN 1 [2] ; web:RUNNING 1 [1]
        wait 1
          = RUNNING | db:RUNNING 1 [2] ; web:RUNNING 1 [1]
        undeploy
          > terminate 1
          = UNDEPLOYING | db:RUNNING 1 [2] ; web:UNDEPLOYING 1 [1]
        vm 1 DONE
          > terminate 2
          = UNDEPLOYING | db:UNDEPLOYING 1 [2] ; web:DONE 1 []
        vm 2 DONE
          > read
          = UNDEPLOYING | db:DONE 1 [] ; web:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | db:DONE 1 [] ; web:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role db scaling up from 0 to 1 nodes | SCALING | COOLDOWN | RUNNING | UNDEPLOYING
            | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Case", "lifecycle-24")]
    public void A_virtual_machine_that_is_deleted_while_its_role_deploys_is_not_replaced() => ServiceScript.Play("""
        straight; db 2
          > create db 0, create db 1
          = DEPLOYING | db:DEPLOYING 2 []
        created
          = DEPLOYING | db:DEPLOYING 2 [1,2]
        vm 1 DONE
          = DEPLOYING | db:DEPLOYING 1 [2]
        vm 2 RUNNING
          = RUNNING | db:RUNNING 1 [2]
        log DEPLOYING_NETS | DEPLOYING | I Role db scaling down from 2 to 1 nodes | RUNNING
        """);

    // The original resumes a virtual machine that boots anyway.
    [Fact, Trait("Case", "lifecycle-52"), Trait("Deviation", "what-boots-is-left-alone")]
    public void Recover_of_a_service_that_comes_up_asks_how_it_is() => ServiceScript.Play("""
        straight; db 1
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        recover
          > read
        reads 1 BOOT
        vm 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        log DEPLOYING_NETS | DEPLOYING | RUNNING
        """);

    // In the original, with a concurrency of 1, the second service waits until the cooldown of the first is over. The machine waits for nothing: what another
    // service does cannot matter, and an event during a cooldown is taken at once.
    [Fact, Trait("Case", "lifecycle-61"), Trait("Deviation", "scaling-may-be-overtaken")]
    public void A_cooldown_concerns_nobody_else() => ServiceScript.Play("""
        none; db 1 cooldown 3; x 1
          > create db 0, create x 0
          = DEPLOYING | db:DEPLOYING 1 [] ; x:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1] ; x:DEPLOYING 1 [2]
        vms RUNNING
          = RUNNING | db:RUNNING 1 [1] ; x:RUNNING 1 [2]
        scale db 2
          > create db 1
          = SCALING | db:SCALING 2 [1] ; x:RUNNING 1 [2]
        created
          = SCALING | db:SCALING 2 [1,3] ; x:RUNNING 1 [2]
        vm 3 RUNNING
          = COOLDOWN | db:COOLDOWN 2 [1,3] ; x:RUNNING 1 [2]
        add y 1
          ! Cannot modify roles in state: COOLDOWN
        scale x 2
          > create x 1
          = SCALING | db:COOLDOWN 2 [1,3] ; x:SCALING 2 [2]
        created
          = SCALING | db:COOLDOWN 2 [1,3] ; x:SCALING 2 [2,4]
        vm 4 RUNNING
          = COOLDOWN | db:COOLDOWN 2 [1,3] ; x:COOLDOWN 2 [2,4]
        wait 3
          = RUNNING | db:RUNNING 2 [1,3] ; x:RUNNING 2 [2,4]
        log DEPLOYING_NETS | DEPLOYING | RUNNING | I Role db scaling up from 1 to 2 nodes | SCALING | COOLDOWN
            | I Role x scaling up from 1 to 2 nodes | SCALING | COOLDOWN | RUNNING
        """);

    [Fact, Trait("Case", "trace-21")]
    public void Values_for_templates_change_nothing_of_the_order() => ServiceScript.Play("""
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
        vm 2 DONE
          > terminate 1
          = UNDEPLOYING | db:UNDEPLOYING 1 [1] ; web:DONE 1 []
        vm 1 DONE
          > read
          = UNDEPLOYING | db:DONE 1 [] ; web:DONE 1 []
        reads
          > delete document
          = UNDEPLOYING_NETS | db:DONE 1 [] ; web:DONE 1 []
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);
}
