#version 460
#extension GL_GOOGLE_include_directive : require
#include "colour.glsl"

layout(location = 0) in vec2 at;
layout(location = 1) flat in vec4 ink;
layout(location = 0) out vec4 stored;

layout(set = 0, binding = 5) uniform sampler2DArray atlas;
layout(constant_id = 0) const float spread_texels = 8.0;  // distance from the outline that 0 and 1 stand for

void main() {
  vec2 texels = at * vec2(textureSize(atlas, 0).xy);
  float texels_a_pixel = 0.5 * (length(dFdx(texels)) + length(dFdy(texels)));
  float inside_texels = (texture(atlas, vec3(at, 0.0)).r - 0.5) * 2.0 * spread_texels;
  // Thin strokes seen from afar would vanish: beyond one texel a pixel they are drawn a little bolder.
  float bolder = 0.12 * clamp(texels_a_pixel - 1.0, 0.0, 2.0);
  float cover = clamp(inside_texels / max(texels_a_pixel, 0.05) + 0.5 + bolder, 0.0, 1.0);
  stored = vec4(to_target(scene_from_display(ink.rgb)), ink.a * cover);
}
