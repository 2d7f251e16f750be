/// From what a database should be and what it is to the steps between. Pure.
package dev.dbartifact.converger.plan;
