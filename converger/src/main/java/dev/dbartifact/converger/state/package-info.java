/// What a database should be, and what it is. Values, and the one reader of the world.
package dev.dbartifact.converger.state;
