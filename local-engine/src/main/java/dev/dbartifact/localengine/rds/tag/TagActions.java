package dev.dbartifact.localengine.rds.tag;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions on tags.
public final class TagActions extends RdsActions {

  private final Tags tags;

  public TagActions(Tags tags) {
    this.tags = tags;
  }

  @Override
  @Honours({"ResourceName", "Tags"})
  public AddTagsToResourceResponse addTagsToResource(AddTagsToResourceRequest request) {
    tags.add(request.resourceName(), request.tags());
    return AddTagsToResourceResponse.builder().build();
  }

  @Override
  @Honours({"ResourceName", "TagKeys"})
  public RemoveTagsFromResourceResponse removeTagsFromResource(
      RemoveTagsFromResourceRequest request) {
    tags.remove(request.resourceName(), request.tagKeys());
    return RemoveTagsFromResourceResponse.builder().build();
  }

  @Override
  @Honours({"Filters", "ResourceName"})
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder().tagList(tags.list(request.resourceName())).build();
  }
}
