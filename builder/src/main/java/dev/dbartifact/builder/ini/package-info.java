/// Reads INI files so that a user hears of every problem at once, each with its line.
package dev.dbartifact.builder.ini;
