using OneEdge.Flow.Tests.Lifecycle.Scripts;

namespace OneEdge.Flow.Tests.Lifecycle;

/// <summary>Networks come before roles and go after them.</summary>
public sealed class NetworksTests
{
    // The original deletes it before.
    [Fact, Trait("Case", "lifecycle-03"), Trait("Defect", "B3"), Trait("Deviation", "networks-go-before-the-document")]
    public void B3_the_document_stays_until_the_networks_are_gone() => ServiceScript.Play("""
        straight; web 1; net Public id; net Own; net Res reserve
          > make Own, make Res
          = DEPLOYING_NETS | web:PENDING 1 []
        net Own 101
        net Res 102
        net 101 READY
        net 102 READY
          > create web 0
          = DEPLOYING | web:DEPLOYING 1 []
        created
          = DEPLOYING | web:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | web:RUNNING 1 [1]
        undeploy
          > terminate 1
          = UNDEPLOYING | web:UNDEPLOYING 1 [1]
        vm 1 DONE
          > read
          = UNDEPLOYING | web:DONE 1 []
        reads
          > delete network 101, delete network 102
          = UNDEPLOYING_NETS | web:DONE 1 []
        net 102 DONE
        net 101 DONE
          > delete document
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    // Found by simulation, seed 1074172: a reading that came late told of the network before.
    [Fact]
    public void Network_that_is_gone_is_not_taken_for_the_one_that_is_being_made() => ServiceScript.Play("""
        straight; web 1; net Own
          > make Own
          = DEPLOYING_NETS | web:PENDING 1 []
        net Own 101
        net 101 DONE
          = FAILED_DEPLOYING_NETS | web:PENDING 1 []
        recover
          > read, make Own
          = DEPLOYING_NETS | web:PENDING 1 []
        reads net Own 101 DONE
        net Own 102
        net 102 READY
          > create web 0
          = DEPLOYING | web:DEPLOYING 1 []
        created
          = DEPLOYING | web:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | web:RUNNING 1 [1]
        log DEPLOYING_NETS | FAILED_DEPLOYING_NETS | DEPLOYING_NETS | DEPLOYING | RUNNING
        """);

    // The original forgets those it made, and deploys the roles without networks.
    [Fact, Trait("Case", "lifecycle-04"), Trait("Defect", "B5"), Trait("Deviation", "networks-are-made-once")]
    public void B5_after_a_network_failed_recover_makes_the_missing_ones_only() => ServiceScript.Play("""
        straight; web 1; net Own; net Other
          > make Own, make Other
          = DEPLOYING_NETS | web:PENDING 1 []
        net Own 101
        net Other fails [one.vntemplate.instantiate] simulated
          = FAILED_DEPLOYING_NETS | web:PENDING 1 []
        net 101 READY
        recover
          > read, make Other
          = DEPLOYING_NETS | web:PENDING 1 []
        reads net Own 101 READY
        net Other 102
        net 102 READY
          > create web 0
          = DEPLOYING | web:DEPLOYING 1 []
        created
          = DEPLOYING | web:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | web:RUNNING 1 [1]
        log DEPLOYING_NETS | E Network Other could not be created; [one.vntemplate.instantiate] simulated | FAILED_DEPLOYING_NETS | DEPLOYING_NETS
            | DEPLOYING | RUNNING
        """);

    [Fact, Trait("Case", "lifecycle-05")]
    public void A_network_in_an_error_fails_the_service_and_recover_tries_it_again() => ServiceScript.Play("""
        straight; web 1; net Own
          > make Own
          = DEPLOYING_NETS | web:PENDING 1 []
        net Own 101
        net 101 ERROR
          = FAILED_DEPLOYING_NETS | web:PENDING 1 []
        recover
          > mend network 101, read
        reads net Own 101 READY
          > create web 0
          = DEPLOYING | web:DEPLOYING 1 []
        created
          = DEPLOYING | web:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | web:RUNNING 1 [1]
        undeploy
          > terminate 1
          = UNDEPLOYING | web:UNDEPLOYING 1 [1]
        vm 1 DONE
          > read
          = UNDEPLOYING | web:DONE 1 []
        reads
          > delete network 101
          = UNDEPLOYING_NETS | web:DONE 1 []
        net 101 DONE
          > delete document
        log DEPLOYING_NETS | FAILED_DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    // The original raises an error within, and leaves a service in PENDING behind.
    [Fact, Trait("Case", "lifecycle-06"), Trait("Defect", "B18")]
    public void B18_a_reservation_needs_nothing_more() => ServiceScript.Play("""
        straight; web 1; net Res reserve
          > make Res
          = DEPLOYING_NETS | web:PENDING 1 []
        net Res 101
        net 101 READY
          > create web 0
          = DEPLOYING | web:DEPLOYING 1 []
        log DEPLOYING_NETS | DEPLOYING
        """);

    // The original leaves it behind.
    [Fact, Trait("Case", "lifecycle-31"), Trait("Defect", "B1"), Trait("Deviation", "nothing-is-left-behind")]
    public void B1_a_network_of_a_service_without_roles_is_deleted() => ServiceScript.Play("""
        straight; net Own
          > make Own
          = DEPLOYING_NETS
        net Own 101
        net 101 READY
          = RUNNING
        undeploy
          > read
          = UNDEPLOYING
        reads
          > delete network 101
          = UNDEPLOYING_NETS
        net 101 DONE
          > delete document
        log DEPLOYING_NETS | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Case", "lifecycle-58")]
    public void With_the_last_role_the_networks_go() => ServiceScript.Play("""
        straight; db 1; net Own
          > make Own
          = DEPLOYING_NETS | db:PENDING 1 []
        net Own 101
        net 101 READY
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        remove db
          > terminate 1
          = UNDEPLOYING | db:UNDEPLOYING 1 [1]
        vm 1 DONE
          > read
          = UNDEPLOYING
        reads
          > delete network 101
          = UNDEPLOYING_NETS
        net 101 DONE
          > delete document
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS
        """);

    // The original only logs it.
    [Fact, Trait("Defect", "B3"), Trait("Deviation", "networks-go-before-the-document")]
    public void B3_a_network_that_cannot_be_deleted_is_tried_again() => ServiceScript.Play("""
        straight; db 1; net Own
          > make Own
          = DEPLOYING_NETS | db:PENDING 1 []
        net Own 101
        net 101 READY
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        created
          = DEPLOYING | db:DEPLOYING 1 [1]
        vm 1 RUNNING
          = RUNNING | db:RUNNING 1 [1]
        undeploy
          > terminate 1
          = UNDEPLOYING | db:UNDEPLOYING 1 [1]
        vm 1 DONE
          > read
          = UNDEPLOYING | db:DONE 1 []
        reads
          > delete network 101
          = UNDEPLOYING_NETS | db:DONE 1 []
        net 101 refused it has leases
          = FAILED_UNDEPLOYING_NETS | db:DONE 1 []
        recover
          > read, delete network 101
          = UNDEPLOYING_NETS | db:DONE 1 []
        reads net Own 101 READY
        net 101 DONE
          > delete document
        log DEPLOYING_NETS | DEPLOYING | RUNNING | UNDEPLOYING | UNDEPLOYING_NETS | E Network Own (101) could not be deleted; it has leases
            | FAILED_UNDEPLOYING_NETS | UNDEPLOYING_NETS
        """);

    [Fact, Trait("Defect", "B5"), Trait("Deviation", "networks-are-made-once")]
    public void B5_a_network_that_may_have_been_made_is_looked_for() => ServiceScript.Play("""
        straight; db 1; net Own
          > make Own
          = DEPLOYING_NETS | db:PENDING 1 []
        net Own unsure
          > read
        reads net Own 101 READY
          > create db 0
          = DEPLOYING | db:DEPLOYING 1 []
        log DEPLOYING_NETS | DEPLOYING
        """);
}
