// {{ fn }} 1.{{ build }}
var {{ fn }} = {
  rate: 192,
  size: function (seconds) { return Math.round(seconds * this.rate / 80) / 100; },
  mark: function (row, on) { row.className = on ? '{{ c.odd }} {{ c.active }}' : '{{ c.odd }}'; },
  cookie: function (name) {
    var parts = document.cookie.split('; ');
    for (var i = 0; i < parts.length; i++) { if (parts[i].indexOf(name + '=') === 0) { return parts[i].substring(name.length + 1); } }
    return '';
  },
  count: function () { return parseInt(this.cookie('{{ fn }}_items'), 10) || 0; },
  start: function () {
    var rows = document.getElementsByTagName('tr');
    for (var i = 0; i < rows.length; i++) {
      if (rows[i].className === '{{ c.odd }}' || rows[i].className === '{{ c.even }}') {
        rows[i].onmouseover = function () { this.style.backgroundColor = '{{ hover }}'; };
        rows[i].onmouseout = function () { this.style.backgroundColor = ''; };
      }
    }
  }
};
window.onload = function () { {{ fn }}.start(); };
