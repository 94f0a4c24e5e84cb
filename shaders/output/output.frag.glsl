#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_multiview : require
#include "colour.glsl"
#include "frame.glsl"
#include "noise.glsl"

layout(set = 0, binding = 4) uniform sampler2DArray lit;
layout(location = 0) out vec4 shown;

layout(constant_id = 0) const int transfer = 0;
const int hardware_encodes = 0;  // an SRGB target
const int bytes = 1;             // a UNORM target that is taken for sRGB
const int linear = 2;            // a half-float target

void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  vec3 scene = from_target(texelFetch(lit, ivec3(pixel, gl_ViewIndex), 0).rgb);
  vec3 encoded = srgb_encode(clamp(display_from_scene(scene), 0.0, 1.0));
  if (transfer == linear) {
    shown = vec4(srgb_decode(encoded), 1.0);
    return;
  }
  // Rounding to a byte here, with a dither against bands, makes SRGB and UNORM targets hold the same bytes: what the
  // hardware encodes again comes out at the byte it was decoded from.
  // An even grey has no bands.
  float dither = (hash(pixel) + hash(pixel + 4099) - 1.0) * 0.49 * (1.0 - frame.horizon_colour.w);
  vec3 rounded = floor(encoded * 255.0 + 0.5 + dither) / 255.0;
  shown = vec4(transfer == hardware_encodes ? srgb_decode(rounded) : rounded, 1.0);
}
