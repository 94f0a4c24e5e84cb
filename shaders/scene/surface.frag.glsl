#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_multiview : require
#include "frame.glsl"
#include "surface.glsl"
#include "colour.glsl"
#include "fade.glsl"
#include "patterns.glsl"
#include "shading.glsl"
#include "shadow.glsl"

layout(location = 0) in vec3 session_position;
layout(location = 1) in vec3 session_normal;
layout(location = 2) in vec3 pattern_position;
layout(location = 3) in vec4 albedo;
layout(location = 4) flat in vec3 pattern_normal;
layout(location = 5) flat in uint surface_material;

layout(location = 0) out vec4 stored;

// A wall with windows. Wall and panes share sun, sky and one mirror direction, and are mixed by the share of the pixel
// that is pane.
vec3 facade_light(Material wall, vec3 normal, vec3 to_eye, float sun) {
  bool along_z = abs(pattern_normal.x) > abs(pattern_normal.z);
  vec2 at = vec2(along_z ? pattern_position.z : pattern_position.x, pattern_position.y) / 3.0;  // bays, storeys
  vec2 footprint = max(fwidth(at), vec2(1e-4));
  float coarse = max(footprint.x, footprint.y);
  uint style = surface_material >> 24;
  vec2 start = style == 0u ? vec2(0.27, 0.30) : style == 1u ? vec2(0.02, 0.34) : vec2(0.02, 0.10);
  vec2 length = style == 0u ? vec2(0.46, 0.52) : style == 1u ? vec2(0.96, 0.46) : vec2(0.96, 0.86);
  float upright = 1.0 - smoothstep(0.5, 0.7, abs(pattern_normal.y));
  float pane = stripes(at.x, footprint.x, start.x, length.x) * stripes(at.y, footprint.y, start.y, length.y) * upright;
  float opening = stripes(at.x, footprint.x, start.x - 0.035, length.x + 0.07) *
                  stripes(at.y, footprint.y, start.y - 0.05, length.y + 0.08) * upright;
  float ledge = stripes(at.y, footprint.y, 0.0, 0.06) * upright;
  float lintel = stripes(at.y, footprint.y, start.y + length.y * 0.84, length.y * 0.16);  // in its own shadow
  float open = mix(1.0, 0.62 + 0.38 * smoothstep(0.0, 3.0, at.y), upright);               // streets are deep

  vec4 dice = varied(ivec2(floor(at)), coarse, vec4(0.5, 0.5, 0.45, 0.5));
  vec3 blind = vec3(0.40, 0.38, 0.34) * 0.75 * smoothstep(0.62, 0.66, dice.z);  // drawn in some rooms
  vec3 room = (0.03 + 0.05 * dice.w) * vec3(0.8, 0.95, 1.1) + blind;
  vec3 albedo_here = mix(wall.albedo * (1.0 - 0.28 * (opening - pane) - 0.14 * ledge), room * (1.0 - 0.4 * lintel), pane);

  float n_v = clamp(dot(normal, to_eye), 0.0, 1.0);
  float n_l = max(dot(normal, frame.to_sun.xyz), 0.0);
  vec3 light = albedo_here * (frame.sun_colour.rgb * (sun * n_l) + open * ambient_light(normal));
  // Panes lean a little, each its own way, so that a house does not mirror the sky as one sheet.
  vec3 mirrored = reflect(-to_eye, normal) + vec3(dice.x - 0.5, dice.y - 0.5, 0.5 - dice.x) * (0.06 * pane);
  float fresnel = grazing(n_v);
  float mirror = mix(0.02 + 0.10 * fresnel, 0.13 + 0.87 * fresnel, pane);
  return light + sky_light(normalize(mirrored), mix(0.8, 0.1, pane)) * (mirror * open);
}

vec3 water_light(Material deep, vec3 to_eye, float sun, float footprint_m) {
  vec2 at = session_position.xz;
  float time = frame.to_sun.w;
  float calm = 1.0 / (1.0 + 3.0 * footprint_m);
  vec2 slope = vec2(0.0);
  slope += 0.035 * cos(dot(at, vec2(0.9, 0.4)) + time * 1.1) * vec2(0.9, 0.4);
  slope += 0.030 * cos(dot(at, vec2(-0.7, 1.6)) + time * 1.7) * vec2(-0.7, 1.6);
  slope += 0.014 * calm * cos(dot(at, vec2(3.1, -2.3)) + time * 2.6) * vec2(3.1, -2.3) * 0.5;
  vec3 normal = normalize(vec3(-slope.x * calm, 1.0, -slope.y * calm));
  float n_v = clamp(dot(normal, to_eye), 0.0, 1.0);
  float reflectance = 0.02 + 0.98 * grazing(n_v);
  vec3 mirrored = reflect(-to_eye, normal);
  mirrored.y = abs(mirrored.y);
  vec3 light = deep.albedo * (ambient_light(normal) + frame.sun_colour.rgb * sun * 0.6) * (1.0 - reflectance);
  light += sky_light(mirrored, 0.08) * reflectance;
  return light + frame.sun_colour.rgb * sun * min(sun_highlight(normal, to_eye, 0.16, 0.02), 12.0);
}

void main() {
  vec3 eye = frame.eyes[gl_ViewIndex].position.xyz;
  vec3 to_eye = normalize(eye - session_position);
  vec3 normal = normalize(session_normal);
  vec3 moves_x = dFdx(session_position), moves_y = dFdy(session_position);
  float footprint_m = max(length(moves_x), length(moves_y));

  Material material;
  material.albedo = albedo.rgb;
  material.roughness = float(surface_material & 255u) / 255.0;
  material.reflectance = 0.04;
  material.through = 0.0;
  // A highlight narrower than the bend of the surface within a pixel would flicker: widen it (Kaplanyan et al. 2016).
  vec3 bend_x = dFdx(normal), bend_y = dFdy(normal);
  float bend = min(0.25 * (dot(bend_x, bend_x) + dot(bend_y, bend_y)), 0.18);
  float a = material.roughness * material.roughness;
  material.roughness = sqrt(sqrt(clamp(a * a + bend, 0.0016, 1.0)));
  float emission = float((surface_material >> 8) & 255u) / 255.0;

  float sun = sunlight(session_position, normal);
  float alpha = albedo.a;
  vec3 light;
  if (surface == facade) {
    light = facade_light(material, normal, to_eye, sun);
  } else if (surface == foliage) {
    // Clumps, twigs and leaves, each fading out where it would be smaller than a pixel.
    vec2 at = across(pattern_position, pattern_normal);
    float clumps = noise(at * 3.1);
    float twigs = mix(noise(at * 13.0 + 5.0), 0.5, smoothstep(0.02, 0.08, footprint_m));
    float blades = mix(noise(at * 47.0 + 9.0), 0.5, smoothstep(0.005, 0.02, footprint_m));
    float leaves = 0.4 * clumps + 0.35 * twigs + 0.25 * blades;
    material.albedo *= 0.45 + 1.1 * leaves;
    material.through = 0.30;
    vec3 ruffled = normalize(normal + (vec3(twigs, blades, clumps) - 0.5) * 0.55);
    light = shade(material, ruffled, to_eye, sun, 0.5 + 0.6 * leaves);
  } else if (surface == water) {
    light = water_light(material, to_eye, sun, footprint_m);
  } else if (surface == glass) {
    float n_v = clamp(abs(dot(normal, to_eye)), 0.0, 1.0);
    float reflectance = 0.04 + 0.96 * grazing(n_v);
    material.roughness = 0.12;
    light = shade(material, normal, to_eye, sun, 1.0);
    alpha = mix(alpha, 1.0, reflectance);
  } else {
    material.albedo *= grain(pattern_position, pattern_normal, footprint_m);
    light = shade(material, normal, to_eye, sun, 1.0);
  }
  light += albedo.rgb * emission * 4.0;

  vec4 air = air_between(eye, session_position);
  light = mix(air.rgb, light, air.a);
  stored = vec4(to_target(faded(light * frame.sun_colour.w)), alpha);
}
