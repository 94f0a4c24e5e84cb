#version 460

// Two triangles that end where the picture does: nothing of them needs clipping.
void main() {
  vec2 at = vec2(gl_VertexIndex & 1, gl_VertexIndex >> 1);
  gl_Position = vec4(at * 2.0 - 1.0, 0.0, 1.0);
}
