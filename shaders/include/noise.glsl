// Value noise from integer hashes: the same bits on every GPU.
#ifndef ATTUNE_NOISE
#define ATTUNE_NOISE

uint mix_bits(uint x) {
  x = (x ^ (x >> 16)) * 0x7feb352du;
  x = (x ^ (x >> 15)) * 0x846ca68bu;
  return x ^ (x >> 16);
}
float hash(ivec2 cell) {
  return float(mix_bits(uint(cell.x) * 0x9e3779b9u + uint(cell.y)) >> 8) * (1.0 / 16777216.0);
}
float hash(ivec3 cell) {
  return float(mix_bits(mix_bits(uint(cell.x) * 0x9e3779b9u + uint(cell.y)) + uint(cell.z)) >> 8) * (1.0 / 16777216.0);
}

float noise(vec2 p) {
  vec2 whole = floor(p), part = p - whole;
  ivec2 cell = ivec2(whole);
  vec2 s = part * part * (3.0 - 2.0 * part);
  return mix(mix(hash(cell), hash(cell + ivec2(1, 0)), s.x),
             mix(hash(cell + ivec2(0, 1)), hash(cell + ivec2(1, 1)), s.x), s.y);
}

#endif
