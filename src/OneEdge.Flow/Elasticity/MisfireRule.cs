namespace OneEdge.Flow.Elasticity;

/// <summary>What becomes of a scheduled policy whose time went by while nobody looked. However many times went by, it acts once.</summary>
public enum MisfireRule
{
    /// <summary>It acts when it is late by at most <see cref="AutoscalerSettings.MisfireGrace"/>.</summary>
    FireWithinGrace,

    /// <summary>It acts, however late; what OpenNebula does.</summary>
    FireAlways,

    /// <summary>It does not act. Late means by more than two rounds (<see cref="AutoscalerSettings.Interval"/>).</summary>
    Skip,
}
