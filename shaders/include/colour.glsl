// From light in the scene to light on the display and back.
#ifndef ATTUNE_COLOUR
#define ATTUNE_COLOUR

float luminance(vec3 colour) { return dot(colour, vec3(0.2126, 0.7152, 0.0722)); }
float largest(vec3 colour) { return max(colour.r, max(colour.g, colour.b)); }

// The multisampled target holds c / (1 + max c): samples are averaged in that space, so that an edge against the sun
// is as smooth as any other.
vec3 to_target(vec3 scene) { return scene / (1.0 + largest(scene)); }
vec3 from_target(vec3 stored) { return stored / max(1.0 - largest(stored), 1.0 / 4096.0); }

// Film curve on the largest channel: linear to the knee, then an exponential shoulder that reaches 1 only for
// infinite light. What lies beyond pales towards white, as film does; hue does not turn.
const float knee = 0.55;
const float pale = 0.18;

float shoulder(float x) { return x < knee ? x : knee + (1.0 - knee) * (1.0 - exp((knee - x) / (1.0 - knee))); }
float shoulder_inverse(float y) {
  return y < knee ? y : knee - (1.0 - knee) * log(max(1.0 - (y - knee) / (1.0 - knee), 1e-3));
}

vec3 display_from_scene(vec3 scene) {
  float peak = largest(scene);
  if (peak < 1e-6) return scene;
  float shown = shoulder(peak);
  float whitening = 1.0 - 1.0 / (1.0 + pale * max(peak - shown, 0.0));
  return mix(scene * (shown / peak), vec3(shown), whitening);
}

// For what must look on the display as it was asked for: text and panels. Exact where nothing pales.
vec3 scene_from_display(vec3 display) {
  float shown = largest(display);
  return shown < 1e-6 ? display : display * (shoulder_inverse(min(shown, 0.985)) / shown);
}

vec3 srgb_encode(vec3 linear) {
  vec3 low = linear * 12.92;
  vec3 high = 1.055 * pow(max(linear, vec3(1e-9)), vec3(1.0 / 2.4)) - 0.055;
  return mix(high, low, lessThanEqual(linear, vec3(0.0031308)));
}
vec3 srgb_decode(vec3 encoded) {
  vec3 low = encoded / 12.92;
  vec3 high = pow((encoded + 0.055) / 1.055, vec3(2.4));
  return mix(high, low, lessThanEqual(encoded, vec3(0.04045)));
}

#endif
