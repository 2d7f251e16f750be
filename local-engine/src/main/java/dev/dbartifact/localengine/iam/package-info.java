/// The little of IAM that databases need: roles, with what policies they name.
package dev.dbartifact.localengine.iam;
