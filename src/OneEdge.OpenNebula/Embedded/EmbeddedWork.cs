namespace OneEdge.OpenNebula;

/// <summary>Work of an embedded cloud that can be told to fail or to take its time.</summary>
public enum EmbeddedWork
{
    /// <summary>Copying the disks of a VM to its host; it fails to <c>PROLOG_FAILURE</c> and its like.</summary>
    Prolog,

    /// <summary>Starting a VM; it fails to <c>BOOT_FAILURE</c>, or to the state before.</summary>
    Deploy,

    /// <summary>Shutting a VM down; when it fails the VM runs on.</summary>
    Shutdown,

    /// <summary>Saving the memory of a VM (suspend, stop, migrate); when it fails the VM runs on.</summary>
    Save,

    /// <summary>Moving a running VM; when it fails the VM runs on where it was.</summary>
    Migrate,

    /// <summary>Copying the disks of a VM back; it fails to <c>EPILOG_FAILURE</c> and its like.</summary>
    Epilog,

    /// <summary>Removing what is left of a VM; it cannot fail.</summary>
    Cleanup,

    /// <summary>Attaching and detaching disks and NICs, and resizing; when it fails nothing is changed.</summary>
    Hotplug,

    /// <summary>Snapshots of VMs and disks; when it fails there is none.</summary>
    Snapshot,

    /// <summary>Saving a disk as a new image; when it fails the image is in error.</summary>
    SaveAs,

    /// <summary>Backing a VM up, and restoring its disks from a backup; when it fails nothing is changed.</summary>
    Backup,

    /// <summary>Creating or copying an image; it fails to the state ERROR.</summary>
    ImageCreate,

    /// <summary>Deleting an image; it fails to the state ERROR.</summary>
    ImageDelete,

    /// <summary>Bringing an application into a marketplace; it fails to the state ERROR.</summary>
    AppImport,

    /// <summary>Creating a network in its driver; it fails to the state ERROR.</summary>
    NetworkCreate,
}
