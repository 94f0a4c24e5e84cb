// How a surface gives back the light of sun and sky. 1 is what a white sheet in full sun gives back.
#ifndef ATTUNE_SHADING
#define ATTUNE_SHADING

#include "sky.glsl"

struct Material {
  vec3 albedo;
  float roughness;
  float reflectance;  // at normal incidence
  float through;      // share of light that comes through from behind, for leaves
};

// Schlick's approximation of how much more a surface mirrors at a grazing angle, 0..1.
float grazing(float cosine) {
  float rest = 1.0 - cosine, square = rest * rest;
  return square * square * rest;
}

// Mirror-like reflection of the sun. GGX distribution (Walter et al. 2007) with the visibility term of Schlick-Smith
// folded into one factor (Lazarov, "Physically based shading in Black Ops 2", 2013).
float sun_highlight(vec3 normal, vec3 to_eye, float roughness, float reflectance) {
  vec3 middle = normalize(frame.to_sun.xyz + to_eye);
  float n_h = clamp(dot(normal, middle), 0.0, 1.0);
  float l_h = clamp(dot(frame.to_sun.xyz, middle), 0.0, 1.0);
  float a2 = roughness * roughness;
  a2 *= a2;
  float d = n_h * n_h * (a2 - 1.0) + 1.0;
  float fresnel = reflectance + (1.0 - reflectance) * grazing(l_h);
  float k = roughness * roughness * 0.5;
  float visibility = 1.0 / max(4.0 * mix(l_h * l_h, 1.0, k), 0.05);
  return a2 / (d * d) * fresnel * visibility;
}

// Share of the sky's light that is reflected towards the eye: a fit to the integral over GGX, after Karis,
// "Physically based shading on mobile", 2014.
float sky_reflectance(float n_v, float roughness, float reflectance) {
  vec4 r = roughness * vec4(-1.0, -0.0275, -0.572, 0.022) + vec4(1.0, 0.0425, 1.04, -0.04);
  float a = min(r.x * r.x, exp2(-9.28 * n_v)) * r.x + r.y;
  vec2 scale = vec2(-1.04, 1.04) * a + r.zw;
  return reflectance * scale.x + scale.y;
}

vec3 shade(Material material, vec3 normal, vec3 to_eye, float sun, float open) {
  float n_l = dot(normal, frame.to_sun.xyz);
  float n_v = clamp(dot(normal, to_eye), 0.0, 1.0);
  vec3 sunlit = frame.sun_colour.rgb * sun;
  float direct = max(n_l, 0.0);
  vec3 light = material.albedo * (sunlit * (direct + material.through * max(-n_l, 0.0)) + open * ambient_light(normal));
  float mirror = sky_reflectance(n_v, material.roughness, material.reflectance);
  light += open * mirror * sky_light(reflect(-to_eye, normal), material.roughness);
  light += sunlit * direct * min(sun_highlight(normal, to_eye, material.roughness, material.reflectance), 40.0);
  return light;
}

#endif
