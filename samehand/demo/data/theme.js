/* {{ theme }} 1.3 */
function tidy() { var m = document.getElementById('{{ c.menu }}'); if (m) { m.title = document.title; } }
window.onload = tidy;
