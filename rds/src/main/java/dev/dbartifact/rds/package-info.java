/// The AWS edge of builder and converger, and the only place in them that knows the AWS SDK. Values
/// of the artifact contract go in and out; requests, paging, error codes and credentials stay here.
package dev.dbartifact.rds;
