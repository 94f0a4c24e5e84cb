// The light of sky and air, from a few colours of the environment.
#ifndef ATTUNE_SKY
#define ATTUNE_SKY

#include "frame.glsl"

// How the sun's light spreads in the air round its direction: a wide glow and a tight one.
vec2 sun_glow(vec3 direction) {
  float towards = max(dot(direction, frame.to_sun.xyz), 0.0);
  float wide = towards * towards;
  wide *= wide;
  float tight = wide * wide;
  tight *= tight;
  tight *= tight;  // power 32
  return vec2(wide, tight);
}

// The clear sky in a direction, without the sun's disc. `blur` 0..1 widens the horizon and the glow round the sun, for
// reflections in rough surfaces.
vec3 sky_light(vec3 direction, float blur) {
  float up = direction.y;
  float height = max(up, 0.0);
  float rise = height / (height + 0.26 + 0.3 * blur) * (1.26 + 0.3 * blur);
  vec3 sky = mix(frame.horizon_colour.rgb, frame.zenith_colour.rgb, rise);
  float soft = 0.02 + 0.33 * blur;
  vec3 below = mix(frame.horizon_colour.rgb * 0.9, frame.ground_colour.rgb, clamp(-up / (0.2 + 0.5 * blur), 0.0, 1.0));
  vec3 light = mix(below, sky, clamp(0.5 + 0.5 * up / soft, 0.0, 1.0));
  vec2 glow = sun_glow(direction);
  return light + frame.sun_colour.rgb * (glow.x * 0.10 * (1.0 - 0.6 * rise) + glow.y * 0.22 * (1.0 - blur));
}

// Light that arrives from the whole sky on a surface facing `normal`, as a share of what a white sheet in full sun
// gives back.
vec3 ambient_light(vec3 normal) {
  float up = normal.y * 0.5 + 0.5;
  vec3 over = mix(frame.horizon_colour.rgb, frame.zenith_colour.rgb, 0.55);
  vec3 under = mix(frame.ground_colour.rgb, frame.horizon_colour.rgb, 0.22);
  vec3 light = mix(under, over, up * up * (3.0 - 2.0 * up));
  float sunward = dot(normal, frame.to_sun.xyz) * 0.5 + 0.5;  // the sky is brighter on the sun's side
  return light * (0.31 + 0.17 * sunward);
}

// What the air between adds to a point's light (rgb), and the share of that light that it lets through. The air thins
// upwards.
vec4 air_between(vec3 eye, vec3 point) {
  const float scale_height_m = 260.0;
  vec3 way = point - eye;
  float distance_m = max(length(way), 1e-4);
  float fall = way.y / scale_height_m;
  float thinning = abs(fall) < 1e-3 ? 1.0 - 0.5 * fall : (1.0 - exp(-fall)) / fall;
  float left = exp(-frame.zenith_colour.w * distance_m * thinning);
  vec2 glow = sun_glow(way / distance_m);
  vec3 haze = mix(frame.horizon_colour.rgb, frame.zenith_colour.rgb, 0.12);
  return vec4(haze + frame.sun_colour.rgb * (0.08 * glow.x + 0.10 * glow.y), left);
}

#endif
