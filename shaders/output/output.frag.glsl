#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_multiview : require
#include "colour.glsl"
#include "frame.glsl"
#include "noise.glsl"

layout(set = 0, binding = 4) uniform sampler2DArray lit;
layout(location = 0) out vec4 shown;

// What the target's numbers mean to a compositor; as render::Encoding.
layout(constant_id = 0) const int encoding = 0;
const int srgb = 0;    // the hardware encodes, the compositor's hardware decodes
const int linear = 1;  // light itself
layout(constant_id = 1) const float coarse_steps = 255.0;  // the largest number stored; 0 where steps are too fine to see

void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  vec3 scene = from_target(texelFetch(lit, ivec3(pixel, gl_ViewIndex), 0).rgb);
  vec3 light = clamp(display_from_scene(scene), 0.0, 1.0);
  if (coarse_steps == 0.0) {
    shown = vec4(light, 1.0);
    return;
  }
  // Rounded here, with a dither against bands. An even grey has no bands and gets none.
  float plain = frame.horizon_colour.w;
  if (encoding == srgb) {
    // What the hardware encodes again comes out at the byte it was decoded from.
    float dither = (hash(pixel) + hash(pixel + 4099) - 1.0) * 0.49 * (1.0 - plain);
    shown = vec4(srgb_decode(floor(srgb_encode(light) * coarse_steps + 0.5 + dither) / coarse_steps), 1.0);
  } else {
    // Steps so wide that light must be kept on average: the share of pixels that take the upper step is what the
    // lower one lacks.
    shown = vec4(floor(light * coarse_steps + mix(hash(pixel), 0.5, plain)) / coarse_steps, 1.0);
  }
}
