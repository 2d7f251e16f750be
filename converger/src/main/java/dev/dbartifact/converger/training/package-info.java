/// A run that an ahead-of-time cache can be made from. Part of every image and started by none.
package dev.dbartifact.converger.training;
