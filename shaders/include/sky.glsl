// The light of sky and air, from a few colours of the environment.
#ifndef ATTUNE_SKY
#define ATTUNE_SKY

#include "frame.glsl"

// The clear sky in a direction, without the sun's disc. `blur` 0..1 widens the horizon and the glow round the sun, for
// reflections in rough surfaces.
vec3 sky_light(vec3 direction, float blur) {
  float up = direction.y;
  float height = max(up, 0.0);
  float rise = 1.0 - exp(-height * mix(3.4, 2.0, blur));
  vec3 sky = mix(frame.horizon_colour.rgb, frame.zenith_colour.rgb, rise);
  vec3 below = mix(frame.horizon_colour.rgb * 0.9, frame.ground_colour.rgb, smoothstep(0.0, mix(0.25, 0.8, blur), -up));
  vec3 light = mix(below, sky, smoothstep(-mix(0.02, 0.35, blur), mix(0.02, 0.35, blur), up));

  float towards = max(dot(direction, frame.to_sun.xyz), 0.0);
  float wide = towards * towards;
  wide *= wide;
  float tight = wide * wide;
  tight *= tight;
  tight *= tight;  // power 32
  float glow = 0.10 * wide * (0.4 + 0.6 * exp(-4.0 * height)) + 0.22 * tight * (1.0 - blur);
  return light + frame.sun_colour.rgb * glow;
}

// Light that arrives from the whole sky on a surface facing `normal`, as a share of what a white sheet in full sun
// gives back.
vec3 ambient_light(vec3 normal) {
  float up = normal.y * 0.5 + 0.5;
  vec3 over = mix(frame.horizon_colour.rgb, frame.zenith_colour.rgb, 0.55);
  vec3 under = mix(frame.ground_colour.rgb, frame.horizon_colour.rgb, 0.25);
  vec3 light = mix(under, over, up * up * (3.0 - 2.0 * up));
  float sunward = dot(normal, frame.to_sun.xyz) * 0.5 + 0.5;  // the sky is brighter on the sun's side
  return light * 0.42 * (0.8 + 0.4 * sunward);
}

// What is left of the light of a point after the air between, and what the air adds. The air thins upwards.
vec4 air_between(vec3 eye, vec3 point) {
  const float scale_height_m = 260.0;
  vec3 way = point - eye;
  float distance_m = length(way);
  float fall = way.y / scale_height_m;
  float thinning = abs(fall) < 1e-3 ? 1.0 - 0.5 * fall : (1.0 - exp(-fall)) / fall;
  float left = exp(-frame.zenith_colour.w * distance_m * thinning);
  vec3 direction = way / max(distance_m, 1e-4);
  direction.y = abs(direction.y) * 0.35;
  return vec4(sky_light(normalize(direction), 0.35), left);
}

#endif
