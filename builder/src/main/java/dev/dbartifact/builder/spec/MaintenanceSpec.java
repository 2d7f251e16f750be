package dev.dbartifact.builder.spec;

import dev.dbartifact.artifact.DailyWindow;
import dev.dbartifact.artifact.MaintenanceSettings;
import dev.dbartifact.artifact.WeeklyWindow;

/// How a copy is to be looked after.
public record MaintenanceSpec(
    Wish<Integer> backupRetentionDays,
    Wish<DailyWindow> backupWindow,
    Wish<WeeklyWindow> maintenanceWindow,
    Wish<Boolean> autoMinorVersionUpgrade,
    Wish<Boolean> deletionProtection,
    Wish<Boolean> copyTagsToSnapshots) {
  MaintenanceSettings resolve(MaintenanceSettings source) {
    return new MaintenanceSettings(
        backupRetentionDays.resolve(source.backupRetentionDays()),
        backupWindow.resolve(source.backupWindow()),
        maintenanceWindow.resolve(source.maintenanceWindow()),
        autoMinorVersionUpgrade.resolve(source.autoMinorVersionUpgrade()),
        deletionProtection.resolve(source.deletionProtection()),
        copyTagsToSnapshots.resolve(source.copyTagsToSnapshots()));
  }
}
