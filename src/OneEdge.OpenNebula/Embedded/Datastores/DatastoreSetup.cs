namespace OneEdge.OpenNebula.Embedded;

/// <summary>Checks and completes the template of a datastore (OpenNebula 6.10 source, src/datastore/Datastore.cc).</summary>
internal sealed class DatastoreSetup(CloudDatastore datastore, StoredTemplate template)
{
    private StoredTemplate _template = template;

    /// <summary>What a new datastore keeps.</summary>
    public StoredTemplate Create()
    {
        _template = TemplateTexts.Without(_template, "NAME");
        datastore.Type = TypeOf(_template.Get("TYPE")) ?? DatastoreType.Image;
        string images = _template.Get("DS_MAD") ?? "";
        if (datastore.Type == DatastoreType.System)
        {
            if (images.Length > 0) throw CallRefusal.Internal("SYSTEM datastores cannot have DS_MAD defined.");
            images = "-";
        }
        else if (images.Length == 0)
        {
            throw CallRefusal.Internal("No DS_MAD in template.");
        }

        CheckImageDriver(images);
        datastore.ImageDriver = images;
        string transfer = "-";
        if (datastore.Type != DatastoreType.Backup) SetTransferDriver(transfer = _template.Get("TM_MAD") ?? "");
        datastore.TransferDriver = transfer;
        _template = TemplateTexts.Without(_template, "BASE_PATH");
        SetDiskType(_template.Get("DISK_TYPE") ?? "");
        if (string.IsNullOrEmpty(_template.Get("SAFE_DIRS")) && string.IsNullOrEmpty(_template.Get("RESTRICTED_DIRS")))
        {
            Set("SAFE_DIRS", "/var/tmp");
            Set("RESTRICTED_DIRS", "/");
        }

        return _template;
    }

    /// <summary>What a datastore keeps after an update. When it is refused, the datastore is as it was.</summary>
    public StoredTemplate Update()
    {
        (DatastoreType type, int disks, string images, string transfer) before =
            (datastore.Type, datastore.DiskType, datastore.ImageDriver, datastore.TransferDriver);
        (long total, long free, long used) = (datastore.TotalMegabytes, datastore.FreeMegabytes, datastore.UsedMegabytes);
        try
        {
            return Updated();
        }
        catch (CallRefusal refusal)
        {
            (datastore.Type, datastore.DiskType, datastore.ImageDriver, datastore.TransferDriver) = before;
            datastore.SetCapacity(total, free, used);
            throw CallRefusal.Internal($"Cannot update template. {refusal.Message}");
        }
    }

    private StoredTemplate Updated()
    {
        if (datastore.Id == DatastoreArea.System) datastore.Type = DatastoreType.System;
        else if (datastore.Type != DatastoreType.Backup) datastore.Type = TypeOf(_template.Get("TYPE")) ?? datastore.Type;
        Set("TYPE", NameOf(datastore.Type));
        string disks = _template.Get("DISK_TYPE") ?? "";
        _template = TemplateTexts.Without(_template, "DISK_TYPE");
        if (disks.Length > 0) SetDiskType(disks);
        string transfer = _template.Get("TM_MAD") ?? "";
        if (transfer.Length > 0 && datastore.Type != DatastoreType.Backup)
        {
            if (datastore.Type == DatastoreType.System && transfer != datastore.TransferDriver) datastore.SetCapacity(0, 0, 0);
            SetTransferDriver(transfer);
            datastore.TransferDriver = transfer;
        }
        else
        {
            Set("TM_MAD", datastore.TransferDriver);
        }

        SetImageDriver(_template.Get("DS_MAD") ?? "");
        CheckImageDriver(datastore.ImageDriver);
        return _template;
    }

    private void SetImageDriver(string images)
    {
        if (datastore.Type == DatastoreType.System)
        {
            datastore.ImageDriver = "-";
            _template = TemplateTexts.Without(_template, "DS_MAD");
        }
        else if (images.Length == 0)
        {
            Set("DS_MAD", datastore.ImageDriver);
        }
        else if (images != datastore.ImageDriver)
        {
            datastore.ImageDriver = images;
            datastore.SetCapacity(0, 0, 0);
        }
    }

    private void CheckImageDriver(string name)
    {
        if (datastore.Type == DatastoreType.System) return;
        StorageDrivers.ImageDriver driver = StorageDrivers.Images(name)
            ?? throw CallRefusal.Internal($"DS_MAD named \"{name}\" is not defined in oned.conf");
        if (Array.Find(driver.Required, r => string.IsNullOrEmpty(_template.Get(r))) is { } missing)
            throw CallRefusal.Internal($"Datastore template is missing the \"{missing}\" attribute or it's empty.");
    }

    private void SetTransferDriver(string name)
    {
        if (name.Length == 0) throw CallRefusal.Internal("No TM_MAD in template.");
        StorageDrivers.TransferDriver driver = StorageDrivers.Transfer(name)
            ?? throw CallRefusal.Internal($"TM_MAD named \"{name}\" is not defined in oned.conf");
        if (datastore.Type == DatastoreType.System)
        {
            Set("SHARED", driver.IsShared ? "YES" : "NO");
            Set("DS_MIGRATE", driver.Migrates ? "YES" : "NO");
            _template = TemplateTexts.Without(_template, "LN_TARGET", "CLONE_TARGET");
        }
        else
        {
            SetTargets(driver);
        }

        Set("ALLOW_ORPHANS", driver.Orphans);
    }

    private void SetTargets(StorageDrivers.TransferDriver driver)
    {
        if (driver.Systems.Length > 0) Set("TM_MAD_SYSTEM", string.Join(',', driver.Systems.Select(s => s.Name.ToLowerInvariant())));
        foreach ((string system, string link, string clone, string disks) in driver.Systems)
        {
            Set($"LN_TARGET_{system}", link);
            Set($"CLONE_TARGET_{system}", clone);
            Set($"DISK_TYPE_{system}", disks);
        }

        Set("LN_TARGET", driver.LinkTarget);
        Set("CLONE_TARGET", driver.CloneTarget);
        if (driver.Driver is not null) Set("DRIVER", driver.Driver);
        if (driver.DiskType is not null) Set("DISK_TYPE", driver.DiskType);
        _template = TemplateTexts.Without(_template, "SHARED");
    }

    private void SetDiskType(string name)
    {
        _template = TemplateTexts.Without(_template, "DISK_TYPE");
        int type = name.Length == 0 ? DiskTypes.File : DiskTypes.Parse(name);
        if (datastore.Type is DatastoreType.File or DatastoreType.Backup)
        {
            datastore.DiskType = DiskTypes.File;
            return;
        }

        if (type < 0) throw CallRefusal.Internal("Unknown DISK_TYPE in template.");
        string stored = DiskTypes.NameOf(type);
        if (datastore.Type == DatastoreType.Image && DiskTypes.IsCd(type)) throw CallRefusal.Internal("Invalid DISK_TYPE for an Image Datastore.");
        if (datastore.Type == DatastoreType.System && stored is not ("FILE" or "RBD" or "BLOCK"))
            throw CallRefusal.Internal("Invalid DISK_TYPE for a System Datastore.");
        datastore.DiskType = type;
        Set("DISK_TYPE", stored);
    }

    private void Set(string name, string value) => _template = TemplateTexts.With(_template, name, value);

    private static DatastoreType? TypeOf(string? name) => string.IsNullOrEmpty(name) ? null : name.ToUpperInvariant() switch
    {
        "SYSTEM_DS" => DatastoreType.System,
        "FILE_DS" => DatastoreType.File,
        "BACKUP_DS" => DatastoreType.Backup,
        _ => DatastoreType.Image,
    };

    private static string NameOf(DatastoreType type) => type switch
    {
        DatastoreType.System => "SYSTEM_DS",
        DatastoreType.File => "FILE_DS",
        DatastoreType.Backup => "BACKUP_DS",
        _ => "IMAGE_DS",
    };
}
