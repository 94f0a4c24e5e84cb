#version 460
#extension GL_GOOGLE_include_directive : require
#include "frame.glsl"
#include "colour.glsl"
#include "fade.glsl"
#include "noise.glsl"
#include "sky.glsl"

layout(location = 0) in vec3 direction;
layout(location = 0) out vec4 stored;

float cloud_cover(vec2 at) {
  float sum = 0.0, weight = 0.5;
  for (int octave = 0; octave < 4; ++octave) {
    sum += weight * noise(at);
    at = mat2(1.6, 1.2, -1.2, 1.6) * at + 11.3;
    weight *= 0.5;
  }
  return sum;
}

void main() {
  vec3 ray = normalize(direction);
  vec3 light = sky_light(ray, 0.0);

  // Fair-weather clouds on a sheet high above; thin towards the horizon, where the sheet would alias.
  float height = max(ray.y, 0.0);
  vec2 at = ray.xz / (height + 0.14) * 1.5 + frame.to_sun.w * vec2(0.004, 0.0015);
  float cover = cloud_cover(at);
  float thick = smoothstep(0.50, 0.78, cover);
  float towards_sun = cloud_cover(at + frame.to_sun.xz * 0.22);
  float shaded = smoothstep(0.35, 0.85, towards_sun);
  vec3 bright = frame.sun_colour.rgb * 0.95;
  vec3 dark = mix(frame.zenith_colour.rgb, frame.horizon_colour.rgb, 0.75) * 0.85;
  vec3 cloud = mix(bright, dark, shaded * 0.75);
  light = mix(light, cloud, thick * 0.62 * smoothstep(0.02, 0.22, ray.y));

  // Half a degree of sun, with a soft limb.
  float off = length(ray - frame.to_sun.xyz);
  float disc = 1.0 - smoothstep(0.0042, 0.0062, off);
  float halo = exp(-off * 26.0) * 0.9;
  light += frame.sun_colour.rgb * (disc * 40.0 + halo) * (1.0 - 0.6 * thick);
  stored = vec4(to_target(faded(light * frame.sun_colour.w)), 1.0);
}
