namespace OneEdge.Storage;

/// <summary>The stable codes of the errors and findings of OneEdge.Storage; <c>docs/storage.md</c> explains each.</summary>
public static class StorageErrorCodes
{
    /// <summary>Image file: it is not there.</summary>
    public const string FileMissing = "OES0001";

    /// <summary>Image file: a directory, pipe, socket or character device.</summary>
    public const string NotAFile = "OES0002";

    /// <summary>Image file: another program holds a lock on it.</summary>
    public const string FileLocked = "OES0003";

    /// <summary>Image file: its name leaves the directory to which images are confined.</summary>
    public const string OutsideRoot = "OES0004";

    /// <summary>Image file: it could not be opened, read or written.</summary>
    public const string FileAccess = "OES0005";

    /// <summary>A limit of the options was reached.</summary>
    public const string LimitExceeded = "OES0006";

    /// <summary>qcow2: the file does not begin with the magic number.</summary>
    public const string NotQcow2 = "OES0101";

    /// <summary>qcow2: a version that is neither 2 nor 3.</summary>
    public const string Version = "OES0102";

    /// <summary>qcow2: a header that is too short, too long or out of its limits.</summary>
    public const string Header = "OES0103";

    /// <summary>qcow2: an incompatible feature that this library does not know.</summary>
    public const string UnknownFeature = "OES0104";

    /// <summary>qcow2: a header extension is malformed.</summary>
    public const string HeaderExtension = "OES0105";

    /// <summary>qcow2: the name of the backing file is malformed.</summary>
    public const string BackingName = "OES0106";

    /// <summary>qcow2: an encryption method that does not exist, or a malformed encryption header.</summary>
    public const string Encryption = "OES0107";

    /// <summary>qcow2: the refcount table is too large or misplaced.</summary>
    public const string RefcountTable = "OES0108";

    /// <summary>qcow2: the L1 table is too large, too small or misplaced.</summary>
    public const string L1Table = "OES0109";

    /// <summary>qcow2: the snapshot table is too large, misplaced or malformed.</summary>
    public const string SnapshotTable = "OES0110";

    /// <summary>qcow2: the bitmap directory is too large, misplaced or malformed.</summary>
    public const string BitmapDirectory = "OES0111";

    /// <summary>Chain: a backing file is missing.</summary>
    public const string BackingMissing = "OES0201";

    /// <summary>Chain: an image is its own backing file, directly or through others.</summary>
    public const string BackingLoop = "OES0202";

    /// <summary>Chain: the format of a backing file is unknown, or may not be guessed.</summary>
    public const string BackingFormat = "OES0203";

    /// <summary>Chain: a backing file is named by a protocol or by options that this library does not read.</summary>
    public const string BackingProtocol = "OES0204";

    /// <summary>Chain: the external data file is missing or not named.</summary>
    public const string DataFile = "OES0205";

    /// <summary>Reading: an L1 or L2 entry is corrupt.</summary>
    public const string CorruptTable = "OES0301";

    /// <summary>Reading: compressed data is corrupt.</summary>
    public const string CorruptData = "OES0302";

    /// <summary>Reading: the guest data is encrypted.</summary>
    public const string Encrypted = "OES0303";

    /// <summary>Host: a script failed there.</summary>
    public const string HostCommand = "OES0401";

    /// <summary>Host: it cannot be reached, or does not let us in.</summary>
    public const string HostUnreachable = "OES0402";

    /// <summary>Replicas: the arguments of an action, or what is known of its virtual machine, make no sense.</summary>
    public const string TransferArguments = "OES0501";

    /// <summary>Replicas: the storage does not allow the action on the disk.</summary>
    public const string TransferRefused = "OES0502";

    /// <summary>Replicas: the configuration of the replica cannot be read.</summary>
    public const string ReplicaConfiguration = "OES0503";

    /// <summary>Replicas: the replica host cannot be reached.</summary>
    public const string ReplicaUnavailable = "OES0504";

    /// <summary>Replicas: the replica has no room for an image or a copy.</summary>
    public const string ReplicaFull = "OES0505";

    /// <summary>Replicas: others copied the image for longer than one may wait.</summary>
    public const string ReplicaLockTimeout = "OES0506";

    /// <summary>Replicas: the lock of the image went to somebody else while it was copied.</summary>
    public const string ReplicaLockLost = "OES0507";

    /// <summary>Replicas: copied data are not the data that were sent.</summary>
    public const string TransferCorrupt = "OES0508";

    /// <summary>Recovery: the hypervisor refused a command for a disk of a virtual machine, or the machine does not have the disk.</summary>
    public const string GuestDisk = "OES0601";

    /// <summary>Recovery: the hypervisor of a virtual machine does not answer.</summary>
    public const string GuestUnreachable = "OES0602";

    /// <summary>Recovery: the guest still writes to the temporary layer of a snapshot.</summary>
    public const string CommitPending = "OES0603";

    /// <summary>Recovery: the disk is none of which snapshots can be taken, for example raw.</summary>
    public const string RecoveryLayout = "OES0604";

    /// <summary>Recovery: the virtual machine does not run.</summary>
    public const string GuestNotRunning = "OES0605";

    /// <summary>Recovery: no complete, healthy chain is there.</summary>
    public const string NoRecoveryChain = "OES0607";

    /// <summary>Recovery: a file or directory of the datastores is malformed.</summary>
    public const string DeploymentFile = "OES0608";

    /// <summary>Recovery: another process takes a snapshot of the same virtual machine.</summary>
    public const string RecoveryBusy = "OES0609";

    /// <summary>Recovery: hypervisor or replica has no room for a snapshot, which was found before anything was done to the guest.</summary>
    public const string RecoveryNoRoom = "OES0610";

    /// <summary>Recovery: what a host tells of its snapshots is malformed.</summary>
    public const string RecoveryAnswer = "OES0611";

    /// <summary>Writing: there is a file of that name already.</summary>
    public const string AlreadyExists = "OES0701";

    /// <summary>Writing: the disk is full, or the file or its directory cannot be written.</summary>
    public const string WriteFailed = "OES0702";

    /// <summary>Writing: the image is marked as corrupt.</summary>
    public const string MarkedCorrupt = "OES0703";

    /// <summary>Writing: the image cannot be changed like this.</summary>
    public const string NotPossible = "OES0704";

    /// <summary>qemu-img: it failed.</summary>
    public const string QemuImgFailed = "OES0705";
}
